using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProductVideo.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Gate : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Urgency",
                table: "generations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "duplicate_charges",
                columns: table => new
                {
                    Account = table.Column<string>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<string>(type: "TEXT", nullable: false),
                    GenerationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Nonce = table.Column<string>(type: "TEXT", nullable: false),
                    FoundAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Stopped = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_duplicate_charges", x => new { x.Account, x.RemoteId });
                });

            migrationBuilder.CreateTable(
                name: "provider_accounts",
                columns: table => new
                {
                    Account = table.Column<string>(type: "TEXT", nullable: false),
                    Entries = table.Column<long>(type: "INTEGER", nullable: false),
                    MaxInFlight = table.Column<int>(type: "INTEGER", nullable: true),
                    StartsPerSecond = table.Column<double>(type: "REAL", nullable: true),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    NextTryAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Breaker = table.Column<string>(type: "TEXT", nullable: false),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    Openings = table.Column<int>(type: "INTEGER", nullable: false),
                    OpenUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_provider_accounts", x => x.Account);
                });

            migrationBuilder.CreateTable(
                name: "submit_intents",
                columns: table => new
                {
                    Nonce = table.Column<string>(type: "TEXT", nullable: false),
                    GenerationId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Account = table.Column<string>(type: "TEXT", nullable: false),
                    Model = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Outcome = table.Column<string>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<string>(type: "TEXT", nullable: true),
                    LookAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_submit_intents", x => x.Nonce);
                });

            migrationBuilder.CreateTable(
                name: "submit_switches",
                columns: table => new
                {
                    Scope = table.Column<string>(type: "TEXT", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    Why = table.Column<string>(type: "TEXT", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_submit_switches", x => x.Scope);
                });

            migrationBuilder.CreateIndex(
                name: "generations_at_provider",
                table: "generations",
                columns: new[] { "Provider", "State" },
                filter: "\"State\" IN ('Submitting', 'Rendering')");

            migrationBuilder.CreateIndex(
                name: "IX_generations_Urgency_DueAt",
                table: "generations",
                columns: new[] { "Urgency", "DueAt" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_duplicate_charges_GenerationId",
                table: "duplicate_charges",
                column: "GenerationId");

            migrationBuilder.CreateIndex(
                name: "IX_submit_intents_Account_At",
                table: "submit_intents",
                columns: new[] { "Account", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_submit_intents_GenerationId",
                table: "submit_intents",
                column: "GenerationId");

            migrationBuilder.CreateIndex(
                name: "IX_submit_intents_LookAt",
                table: "submit_intents",
                column: "LookAt",
                filter: "\"LookAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "duplicate_charges");

            migrationBuilder.DropTable(
                name: "provider_accounts");

            migrationBuilder.DropTable(
                name: "submit_intents");

            migrationBuilder.DropTable(
                name: "submit_switches");

            migrationBuilder.DropIndex(
                name: "generations_at_provider",
                table: "generations");

            migrationBuilder.DropIndex(
                name: "IX_generations_Urgency_DueAt",
                table: "generations");

            migrationBuilder.DropColumn(
                name: "Urgency",
                table: "generations");
        }
    }
}
