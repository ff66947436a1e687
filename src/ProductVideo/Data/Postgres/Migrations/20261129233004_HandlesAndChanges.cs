using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProductVideo.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class HandlesAndChanges : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Handle",
                table: "catalog_products",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LeftOut",
                table: "backfills",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangesBegan",
                table: "watched_shops",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ChangesCursor",
                table: "watched_shops",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangesDueAt",
                table: "watched_shops",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ChangesSince",
                table: "watched_shops",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_catalog_products_Shop_Handle",
                table: "catalog_products",
                columns: new[] { "Shop", "Handle" },
                filter: "\"Handle\" IS NOT NULL");

            // Handles are known once a shop was gone through again.
            migrationBuilder.Sql(
                """
                UPDATE watched_shops SET "DueAt" = "ScannedAt" WHERE "ScannedAt" IS NOT NULL AND "ScanSince" IS NULL AND "Problem" IS NULL
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_catalog_products_Shop_Handle",
                table: "catalog_products");

            migrationBuilder.DropColumn(
                name: "Handle",
                table: "catalog_products");

            migrationBuilder.DropColumn(
                name: "LeftOut",
                table: "backfills");

            migrationBuilder.DropColumn(
                name: "ChangesBegan",
                table: "watched_shops");

            migrationBuilder.DropColumn(
                name: "ChangesCursor",
                table: "watched_shops");

            migrationBuilder.DropColumn(
                name: "ChangesDueAt",
                table: "watched_shops");

            migrationBuilder.DropColumn(
                name: "ChangesSince",
                table: "watched_shops");
        }
    }
}
