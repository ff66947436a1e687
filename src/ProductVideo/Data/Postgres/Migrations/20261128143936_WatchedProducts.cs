using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProductVideo.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class WatchedProducts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "watched_products",
                columns: table => new
                {
                    Shop = table.Column<string>(type: "text", nullable: false),
                    ProductId = table.Column<string>(type: "text", nullable: false),
                    State = table.Column<string>(type: "text", nullable: false),
                    StateAt = table.Column<long>(type: "bigint", nullable: false),
                    Reasons = table.Column<string>(type: "text", nullable: false),
                    Version = table.Column<string>(type: "text", nullable: true),
                    ListVersion = table.Column<string>(type: "text", nullable: true),
                    Style = table.Column<string>(type: "text", nullable: true),
                    Sources = table.Column<string>(type: "text", nullable: true),
                    MadeFrom = table.Column<string>(type: "text", nullable: true),
                    ClipId = table.Column<Guid>(type: "uuid", nullable: true),
                    RemakeId = table.Column<Guid>(type: "uuid", nullable: true),
                    TriedFor = table.Column<string>(type: "text", nullable: true),
                    Problem = table.Column<string>(type: "text", nullable: true),
                    Hints = table.Column<long>(type: "bigint", nullable: false),
                    HintedAt = table.Column<long>(type: "bigint", nullable: true),
                    DueAt = table.Column<long>(type: "bigint", nullable: true),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    Owner = table.Column<string>(type: "text", nullable: true),
                    LeaseUntil = table.Column<long>(type: "bigint", nullable: true),
                    ListedAt = table.Column<long>(type: "bigint", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_watched_products", x => new { x.Shop, x.ProductId });
                });

            migrationBuilder.CreateTable(
                name: "watched_shops",
                columns: table => new
                {
                    Shop = table.Column<string>(type: "text", nullable: false),
                    Policy = table.Column<string>(type: "text", nullable: true),
                    PolicyBy = table.Column<string>(type: "text", nullable: true),
                    PolicyAt = table.Column<long>(type: "bigint", nullable: true),
                    Cursor = table.Column<string>(type: "text", nullable: true),
                    ScanSince = table.Column<long>(type: "bigint", nullable: true),
                    ScannedAt = table.Column<long>(type: "bigint", nullable: true),
                    DueAt = table.Column<long>(type: "bigint", nullable: false),
                    Tries = table.Column<int>(type: "integer", nullable: false),
                    Problem = table.Column<string>(type: "text", nullable: true),
                    UninstalledAt = table.Column<long>(type: "bigint", nullable: true),
                    Owner = table.Column<string>(type: "text", nullable: true),
                    LeaseUntil = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_watched_shops", x => x.Shop);
                });

            migrationBuilder.CreateIndex(
                name: "IX_watched_products_DueAt",
                table: "watched_products",
                column: "DueAt",
                filter: "\"DueAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "watched_products");

            migrationBuilder.DropTable(
                name: "watched_shops");
        }
    }
}
