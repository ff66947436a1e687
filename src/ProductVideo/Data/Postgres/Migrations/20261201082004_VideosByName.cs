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

            // A title is written in the letters of the database, which only UTF8 has for every title: elsewhere a video is found by its product's id.
            migrationBuilder.Sql("""
                DO $$
                BEGIN
                  IF current_setting('server_encoding') = 'UTF8' THEN
                    ALTER TABLE generations ADD "Named" text GENERATED ALWAYS AS (lower("ProductId" || ' ' ||
                      CASE WHEN strpos("Order", '\u0000') > 0 THEN '' ELSE coalesce(left("Order"::json ->> 'productTitle', 200), '') END)) STORED;
                  ELSE
                    ALTER TABLE generations ADD "Named" text GENERATED ALWAYS AS (lower("ProductId")) STORED;
                  END IF;
                END $$
                """);

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
