using System.CommandLine;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;
using ProductVideo.Data;

namespace ProductVideo.Host.Commands;

/// <summary>A copy of all that is kept, taken while the server runs.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> Folder = new("folder") { Description = "A new or empty folder, best on another disk." };

    public static Command Create()
    {
        var command = new Command("backup", "Copies the database, the pictures and clips, and the keys into a folder, while the server goes on. Take one before every upgrade.") { Folder };
        command.SetAction((parsed, token) =>
        {
            var data = parsed.GetValue(CommonOptions.Data)!;
            // As it is: a newer program would bring the tables to its own version first, and the older one could not be put back.
            return WithDatabase.RunAsync(data, services => RunAsync(services, data, Path.GetFullPath(parsed.GetValue(Folder)!), token), token, names: true, starts: false, reads: false);
        });
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string data, string folder, CancellationToken cancellationToken)
    {
        var filesOf = services.GetRequiredService<IBlobStore>() is FileBlobStore ? services.GetRequiredService<FileBlobOptions>().Root : null;
        var keyRing = ProductVideoApp.KeyRingOf(services.GetRequiredService<IConfiguration>(), data);
        (string? From, string To)[] parts = [(filesOf, "blobs"), (ProductVideoApp.ShopsOf(data), "shops"), (keyRing, "keys")];
        if (!BackupFolder.IsFree(folder))
            return Failures.Say($"{folder} is not empty. Name a new folder; a backup is never written over another.", Failures.Refused);
        if (parts.Any(part => part.From is { } from && FolderCopy.IsWithin(folder, from)))
            return Failures.Say($"{folder} is a part of what is backed up. Name a folder outside of {Path.GetFullPath(data)}.", Failures.Refused);

        var database = services.GetRequiredService<IDatabasePlace>();
        var code = await BackupFolder.FillAsync(folder, async copy =>
        {
            // The rows first: what they name is there before them, and stays longer.
            if (!await database.CopyToAsync(Path.Combine(copy, "productvideo.db"), cancellationToken))
                Console.Error.WriteLine($"Not in it: the rows, which are in {database.Name}. Back them up at the same time, for example with pg_dump.");
            if (filesOf is null)
                Console.Error.WriteLine("Not in it: pictures and clips, which are in another store, see ProductVideo:AzureBlobs. Back its container up at the same time.");
            foreach (var (from, to) in parts)
            {
                if (from is not null)
                    Console.WriteLine($"{to}\t{FolderCopy.Copy(from, Path.Combine(copy, to), cancellationToken)} files");
            }
        });
        if (code == 0)
            Console.WriteLine($"The backup is in {folder}. To put it back, stop the server, put what is in it in the place of what is in {Path.GetFullPath(data)}, and run: {OwnCommand.Here.Line(data, "restored")}");
        return code;
    }
}
