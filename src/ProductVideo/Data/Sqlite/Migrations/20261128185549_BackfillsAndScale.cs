using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProductVideo.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class BackfillsAndScale : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_render_orders_CreatedAt",
                table: "render_orders");

            migrationBuilder.DropIndex(
                name: "IX_generations_DueAt",
                table: "generations");

            migrationBuilder.DropIndex(
                name: "IX_generations_Urgency_DueAt",
                table: "generations");

            migrationBuilder.AddColumn<bool>(
                name: "Background",
                table: "render_orders",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "archived_generations",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Shop = table.Column<string>(type: "TEXT", nullable: false),
                    ProductId = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Provider = table.Column<string>(type: "TEXT", nullable: false),
                    RemoteId = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Packed = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_archived_generations", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "backfill_items",
                columns: table => new
                {
                    BackfillId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProductId = table.Column<string>(type: "TEXT", nullable: false),
                    Aspect = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    Rank = table.Column<long>(type: "INTEGER", nullable: false),
                    Provider = table.Column<string>(type: "TEXT", nullable: true),
                    Price = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", nullable: true),
                    Length = table.Column<int>(type: "INTEGER", nullable: false),
                    GenerationId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OrderedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_backfill_items", x => new { x.BackfillId, x.ProductId, x.Aspect });
                });

            migrationBuilder.CreateTable(
                name: "backfill_names",
                columns: table => new
                {
                    BackfillId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ProductId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_backfill_names", x => new { x.BackfillId, x.ProductId });
                });

            migrationBuilder.CreateTable(
                name: "backfills",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Shop = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    Plan = table.Column<string>(type: "TEXT", nullable: false),
                    RunOf = table.Column<Guid>(type: "TEXT", nullable: true),
                    ApiKey = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedBy = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Quote = table.Column<string>(type: "TEXT", nullable: true),
                    QuotedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Consent = table.Column<string>(type: "TEXT", nullable: true),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    StoppedBy = table.Column<string>(type: "TEXT", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Priority = table.Column<int>(type: "INTEGER", nullable: false),
                    Cursor = table.Column<string>(type: "TEXT", nullable: true),
                    OutOfScope = table.Column<int>(type: "INTEGER", nullable: false),
                    FailureCode = table.Column<string>(type: "TEXT", nullable: true),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Owner = table.Column<string>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_backfills", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "catalog_products",
                columns: table => new
                {
                    Shop = table.Column<string>(type: "TEXT", nullable: false),
                    ProductId = table.Column<string>(type: "TEXT", nullable: false),
                    Title = table.Column<string>(type: "TEXT", nullable: false),
                    Vendor = table.Column<string>(type: "TEXT", nullable: true),
                    ProductType = table.Column<string>(type: "TEXT", nullable: true),
                    Tags = table.Column<string>(type: "TEXT", nullable: false),
                    Collections = table.Column<string>(type: "TEXT", nullable: false),
                    Price = table.Column<long>(type: "INTEGER", nullable: true),
                    Currency = table.Column<string>(type: "TEXT", nullable: true),
                    Stock = table.Column<int>(type: "INTEGER", nullable: true),
                    Sold = table.Column<long>(type: "INTEGER", nullable: true),
                    IsPublished = table.Column<bool>(type: "INTEGER", nullable: false),
                    Pictures = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<string>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SeenAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Lacks = table.Column<int>(type: "INTEGER", nullable: false),
                    Video = table.Column<Guid>(type: "TEXT", nullable: true),
                    Template = table.Column<string>(type: "TEXT", nullable: true),
                    UnderWay = table.Column<Guid>(type: "TEXT", nullable: true),
                    EndedAs = table.Column<string>(type: "TEXT", nullable: true),
                    EndedFor = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_catalog_products", x => new { x.Shop, x.ProductId });
                });

            migrationBuilder.CreateTable(
                name: "chores",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: true),
                    Owner = table.Column<string>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chores", x => x.Name);
                });

            migrationBuilder.CreateIndex(
                name: "IX_spend_entries_Backfill",
                table: "spend_entries",
                column: "Backfill",
                filter: "\"Backfill\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_spend_entries_GenerationId",
                table: "spend_entries",
                column: "GenerationId");

            migrationBuilder.CreateIndex(
                name: "IX_render_orders_Background_CreatedAt",
                table: "render_orders",
                columns: new[] { "Background", "CreatedAt" },
                filter: "\"State\" = 'Waiting' OR \"State\" = 'Rendering'");

            migrationBuilder.CreateIndex(
                name: "render_orders_ended",
                table: "render_orders",
                columns: new[] { "CreatedAt", "Id" },
                filter: "\"State\" IN ('Done', 'Failed', 'Stopped')");

            migrationBuilder.CreateIndex(
                name: "generations_at_rest",
                table: "generations",
                column: "UpdatedAt",
                filter: "\"State\" IN ('Failed', 'Rejected', 'Cancelled', 'Withdrawn')");

            migrationBuilder.CreateIndex(
                name: "generations_to_ask_about",
                table: "generations",
                column: "DueAt",
                filter: "\"State\" = 'Rendering' AND \"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "generations_to_move_singly",
                table: "generations",
                columns: new[] { "Urgency", "DueAt" },
                filter: "\"DueAt\" IS NOT NULL AND (\"State\" NOT IN ('Planned', 'Rendering') OR \"Urgency\" < 4000000000000000000)");

            migrationBuilder.CreateIndex(
                name: "generations_to_send",
                table: "generations",
                columns: new[] { "Provider", "Urgency", "DueAt" },
                filter: "\"State\" = 'Planned'");

            migrationBuilder.CreateIndex(
                name: "IX_archived_generations_Provider_RemoteId",
                table: "archived_generations",
                columns: new[] { "Provider", "RemoteId" },
                unique: true,
                filter: "\"RemoteId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_backfill_items_BackfillId_Rank_ProductId_Aspect",
                table: "backfill_items",
                columns: new[] { "BackfillId", "Rank", "ProductId", "Aspect" });

            migrationBuilder.CreateIndex(
                name: "IX_backfill_items_BackfillId_State_Rank_ProductId_Aspect",
                table: "backfill_items",
                columns: new[] { "BackfillId", "State", "Rank", "ProductId", "Aspect" });

            migrationBuilder.CreateIndex(
                name: "IX_backfill_items_OrderedAt",
                table: "backfill_items",
                column: "OrderedAt",
                filter: "\"OrderedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_backfills_Priority_DueAt",
                table: "backfills",
                columns: new[] { "Priority", "DueAt" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_backfills_Shop_CreatedAt",
                table: "backfills",
                columns: new[] { "Shop", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "catalog_products_lacking",
                table: "catalog_products",
                columns: new[] { "Shop", "ProductId", "Lacks" },
                filter: "\"Lacks\" <> 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "archived_generations");

            migrationBuilder.DropTable(
                name: "backfill_items");

            migrationBuilder.DropTable(
                name: "backfill_names");

            migrationBuilder.DropTable(
                name: "backfills");

            migrationBuilder.DropTable(
                name: "catalog_products");

            migrationBuilder.DropTable(
                name: "chores");

            migrationBuilder.DropIndex(
                name: "IX_spend_entries_Backfill",
                table: "spend_entries");

            migrationBuilder.DropIndex(
                name: "IX_spend_entries_GenerationId",
                table: "spend_entries");

            migrationBuilder.DropIndex(
                name: "IX_render_orders_Background_CreatedAt",
                table: "render_orders");

            migrationBuilder.DropIndex(
                name: "render_orders_ended",
                table: "render_orders");

            migrationBuilder.DropIndex(
                name: "generations_at_rest",
                table: "generations");

            migrationBuilder.DropIndex(
                name: "generations_to_ask_about",
                table: "generations");

            migrationBuilder.DropIndex(
                name: "generations_to_move_singly",
                table: "generations");

            migrationBuilder.DropIndex(
                name: "generations_to_send",
                table: "generations");

            migrationBuilder.DropColumn(
                name: "Background",
                table: "render_orders");

            migrationBuilder.CreateIndex(
                name: "IX_render_orders_CreatedAt",
                table: "render_orders",
                column: "CreatedAt",
                filter: "\"State\" = 'Waiting' OR \"State\" = 'Rendering'");

            migrationBuilder.CreateIndex(
                name: "IX_generations_DueAt",
                table: "generations",
                column: "DueAt",
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_generations_Urgency_DueAt",
                table: "generations",
                columns: new[] { "Urgency", "DueAt" },
                filter: "\"DueAt\" IS NOT NULL");
        }
    }
}
