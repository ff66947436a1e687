using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProductVideo.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ActiveAsTruth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "one_active_generation_per_fingerprint",
                table: "generations");

            migrationBuilder.CreateIndex(
                name: "one_active_generation_per_fingerprint",
                table: "generations",
                column: "Fingerprint",
                unique: true,
                filter: "\"Active\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "one_active_generation_per_fingerprint",
                table: "generations");

            migrationBuilder.CreateIndex(
                name: "one_active_generation_per_fingerprint",
                table: "generations",
                column: "Fingerprint",
                unique: true,
                filter: "\"Active\" = 1");
        }
    }
}
