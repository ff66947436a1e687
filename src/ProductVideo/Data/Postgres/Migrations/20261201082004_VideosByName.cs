using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ProductVideo.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class VideosByName : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_generations_CreatedAt_Id",
                table: "generations");

            migrationBuilder.AddColumn<string>(
                name: "Named",
                table: "generations",
                type: "text",
                nullable: true,
                computedColumnSql: "lower(\"ProductId\" || ' ' || CASE WHEN strpos(\"Order\", '\\u0000') > 0 THEN '' ELSE coalesce(left(\"Order\"::json ->> 'productTitle', 200), '') END)",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "generations_named",
                table: "generations",
                columns: new[] { "CreatedAt", "Id", "Shop", "Named" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "generations_named",
                table: "generations");

            migrationBuilder.DropColumn(
                name: "Named",
                table: "generations");

            migrationBuilder.CreateIndex(
                name: "IX_generations_CreatedAt_Id",
                table: "generations",
                columns: new[] { "CreatedAt", "Id" });
        }
    }
}
