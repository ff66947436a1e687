using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProductVideo.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class IndexesOfWhatIsAskedOften : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_webhook_attempts_EndpointId_DueAt",
                table: "webhook_attempts");

            migrationBuilder.DropIndex(
                name: "IX_backfill_items_OrderedAt",
                table: "backfill_items");

            migrationBuilder.CreateIndex(
                name: "IX_webhook_attempts_EndpointId_DueAt_EventId",
                table: "webhook_attempts",
                columns: new[] { "EndpointId", "DueAt", "EventId" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "generations_published",
                table: "generations",
                columns: new[] { "Fingerprint", "CreatedAt" },
                filter: "\"State\" = 'Published'");

            migrationBuilder.CreateIndex(
                name: "IX_backfill_items_BackfillId_OrderedAt",
                table: "backfill_items",
                columns: new[] { "BackfillId", "OrderedAt" },
                filter: "\"OrderedAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_webhook_attempts_EndpointId_DueAt_EventId",
                table: "webhook_attempts");

            migrationBuilder.DropIndex(
                name: "generations_published",
                table: "generations");

            migrationBuilder.DropIndex(
                name: "IX_backfill_items_BackfillId_OrderedAt",
                table: "backfill_items");

            migrationBuilder.CreateIndex(
                name: "IX_webhook_attempts_EndpointId_DueAt",
                table: "webhook_attempts",
                columns: new[] { "EndpointId", "DueAt" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_backfill_items_OrderedAt",
                table: "backfill_items",
                column: "OrderedAt",
                filter: "\"OrderedAt\" IS NOT NULL");
        }
    }
}
