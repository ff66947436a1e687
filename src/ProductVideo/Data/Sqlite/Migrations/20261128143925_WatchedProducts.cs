using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProductVideo.Data.Sqlite.Migrations
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
                    Shop = table.Column<string>(type: "TEXT", nullable: false),
                    ProductId = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    StateAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Reasons = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<string>(type: "TEXT", nullable: true),
                    ListVersion = table.Column<string>(type: "TEXT", nullable: true),
                    Style = table.Column<string>(type: "TEXT", nullable: true),
                    Sources = table.Column<string>(type: "TEXT", nullable: true),
                    MadeFrom = table.Column<string>(type: "TEXT", nullable: true),
                    ClipId = table.Column<Guid>(type: "TEXT", nullable: true),
                    RemakeId = table.Column<Guid>(type: "TEXT", nullable: true),
                    TriedFor = table.Column<string>(type: "TEXT", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", nullable: true),
                    Hints = table.Column<long>(type: "INTEGER", nullable: false),
                    HintedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    Owner = table.Column<string>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    ListedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_watched_products", x => new { x.Shop, x.ProductId });
                });

            migrationBuilder.CreateTable(
                name: "watched_shops",
                columns: table => new
                {
                    Shop = table.Column<string>(type: "TEXT", nullable: false),
                    Policy = table.Column<string>(type: "TEXT", nullable: true),
                    PolicyBy = table.Column<string>(type: "TEXT", nullable: true),
                    PolicyAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Cursor = table.Column<string>(type: "TEXT", nullable: true),
                    ScanSince = table.Column<long>(type: "INTEGER", nullable: true),
                    ScannedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    Problem = table.Column<string>(type: "TEXT", nullable: true),
                    UninstalledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Owner = table.Column<string>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true)
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
