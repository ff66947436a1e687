using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProductVideo.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class RunsOwnCaps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_budgets_Scope_Subject_Period_Currency",
                table: "budgets");

            migrationBuilder.AddColumn<bool>(
                name: "OfRun",
                table: "budgets",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            // Of runs that are under way, or cancelled and not at rest, those are what was agreed to.
            migrationBuilder.Sql(
                """
                UPDATE budgets SET "OfRun" = 1
                WHERE "Scope" = 'Backfill' AND "Period" = 'Ever'
                  AND "Subject" IN (SELECT lower("Id") FROM backfills WHERE "StartedAt" IS NOT NULL AND ("EndedAt" IS NULL OR "DueAt" IS NOT NULL))
                """);

            migrationBuilder.CreateIndex(
                name: "IX_budgets_Scope_Subject_Period_Currency_OfRun",
                table: "budgets",
                columns: new[] { "Scope", "Subject", "Period", "Currency", "OfRun" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_budgets_Scope_Subject_Period_Currency_OfRun",
                table: "budgets");

            migrationBuilder.DropColumn(
                name: "OfRun",
                table: "budgets");

            migrationBuilder.CreateIndex(
                name: "IX_budgets_Scope_Subject_Period_Currency",
                table: "budgets",
                columns: new[] { "Scope", "Subject", "Period", "Currency" },
                unique: true);
        }
    }
}
