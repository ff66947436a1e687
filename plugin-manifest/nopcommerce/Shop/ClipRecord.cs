using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Nop.Core;
using Nop.Data.Extensions;
using Nop.Data.Mapping;
using Nop.Data.Mapping.Builders;
using Nop.Data.Migrations;

namespace ProductVideo.Shop;

/// <summary>A clip on a product, as the plugin's own table keeps it.</summary>
public sealed class ClipRecord : BaseEntity
{
    public int ProductId { get; set; }
    public string ClipKey { get; set; } = "";
    public string VideoFile { get; set; } = "";
    public string? PosterFile { get; set; }
    public int Width { get; set; }
    public int Height { get; set; }
    public decimal Seconds { get; set; }
    public string AltText { get; set; } = "";
    public bool MadeWithAi { get; set; }
    public DateTime CreatedOnUtc { get; set; }
}

public sealed class ClipRecordNames : INameCompatibility
{
    public const string Table = "ProductVideoClip";

    public Dictionary<Type, string> TableNames => new() { [typeof(ClipRecord)] = Table };

    public Dictionary<(Type, string), string> ColumnName => [];
}

public sealed class ClipRecordBuilder : NopEntityBuilder<ClipRecord>
{
    public override void MapEntity(CreateTableExpressionBuilder table) => table
        .WithColumn(nameof(ClipRecord.ClipKey)).AsString(64).NotNullable()
        .WithColumn(nameof(ClipRecord.VideoFile)).AsString(80).NotNullable()
        .WithColumn(nameof(ClipRecord.PosterFile)).AsString(80).Nullable()
        .WithColumn(nameof(ClipRecord.AltText)).AsString(1000).NotNullable();
}

/// <summary>Makes the table when the plugin is installed, and takes it away when it is uninstalled.</summary>
[NopMigration("2026/11/28 12:00:00", "Misc.ProductVideo: clips on products", MigrationProcessType.Installation)]
public sealed class ClipTable : AutoReversingMigration
{
    public override void Up()
    {
        Create.TableFor<ClipRecord>();
        Create.Index("IX_ProductVideoClip_ProductId_ClipKey").OnTable(ClipRecordNames.Table)
            .OnColumn(nameof(ClipRecord.ProductId)).Ascending().OnColumn(nameof(ClipRecord.ClipKey)).Ascending().WithOptions().Unique();
    }
}
