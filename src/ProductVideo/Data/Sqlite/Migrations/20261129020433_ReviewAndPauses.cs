using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProductVideo.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ReviewAndPauses : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "PausedAt",
                table: "backfills",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<TimeSpan>(
                name: "PausedFor",
                table: "backfills",
                type: "TEXT",
                nullable: false,
                defaultValue: new TimeSpan(0, 0, 0, 0, 0));

            migrationBuilder.CreateIndex(
                name: "generations_to_review",
                table: "generations",
                columns: new[] { "CreatedAt", "Id" },
                filter: "\"State\" = 'AwaitingReview'");

            migrationBuilder.CreateIndex(
                name: "IX_generations_Shop_CreatedAt_Id",
                table: "generations",
                columns: new[] { "Shop", "CreatedAt", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "generations_to_review",
                table: "generations");

            migrationBuilder.DropIndex(
                name: "IX_generations_Shop_CreatedAt_Id",
                table: "generations");

            migrationBuilder.DropColumn(
                name: "PausedAt",
                table: "backfills");

            migrationBuilder.DropColumn(
                name: "PausedFor",
                table: "backfills");
        }
    }
}
