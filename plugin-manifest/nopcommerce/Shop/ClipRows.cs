using Nop.Data;
using ProductVideo.Bridge;

namespace ProductVideo.Shop;

/// <summary>The clips on products in the plugin's own table.</summary>
public sealed class ClipRows(IRepository<ClipRecord> records) : IClipRows
{
    public async Task<IReadOnlyList<ClipRow>> OfProductAsync(int productId, CancellationToken cancellationToken) =>
        [.. (await records.GetAllAsync(all => all.Where(one => one.ProductId == productId).OrderBy(one => one.Id))).Select(Row)];

    public async Task<ClipRow?> FindAsync(int productId, string key, CancellationToken cancellationToken) =>
        (await records.GetAllAsync(all => all.Where(one => one.ProductId == productId && one.ClipKey == key))).Select(Row).FirstOrDefault();

    public async Task<ClipRow?> FindAsync(int id, CancellationToken cancellationToken) =>
        (await records.GetAllAsync(all => all.Where(one => one.Id == id))).Select(Row).FirstOrDefault();

    public async Task<ClipRow?> TryInsertAsync(ClipRow row, CancellationToken cancellationToken)
    {
        var record = new ClipRecord
        {
            ProductId = row.ProductId, ClipKey = row.Key, VideoFile = row.VideoFile, PosterFile = row.PosterFile, Width = row.Width, Height = row.Height,
            Seconds = row.Seconds, AltText = row.Alt, MadeWithAi = row.MadeWithAi, CreatedOnUtc = row.CreatedAt,
        };
        try
        {
            await records.InsertAsync(record, publishEvent: false);
            return Row(record);
        }
        catch (System.Data.Common.DbException)
        {
            // Another server of the farm may have been first, which the unique index tells; anything else is a fault.
            if (await FindAsync(row.ProductId, row.Key, cancellationToken) is null)
                throw;
            return null;
        }
    }

    public async Task DeleteAsync(int id, CancellationToken cancellationToken) => await records.DeleteAsync(one => one.Id == id);

    public async Task<IReadOnlySet<string>> UsedAsync(IReadOnlyCollection<string> files, CancellationToken cancellationToken)
    {
        string[] names = [.. files];
        var users = await records.GetAllAsync(all => all.Where(one => names.Contains(one.VideoFile) || (one.PosterFile != null && names.Contains(one.PosterFile))));
        return users.SelectMany(one => new[] { one.VideoFile, one.PosterFile }).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    private static ClipRow Row(ClipRecord one) => new(
        one.Id, one.ProductId, one.ClipKey, one.VideoFile, one.PosterFile, one.Width, one.Height, one.Seconds, one.AltText, one.MadeWithAi, one.CreatedOnUtc);
}
