using System.Net.Sockets;
using Microsoft.Extensions.Options;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Prompts;
using ProductVideo.Rendering;

namespace ProductVideo.Host;

/// <summary>Ends the program with a sentence that says what to do, never with a stack trace.</summary>
internal static class Failures
{
    /// <summary>The request was wrong: another one may work.</summary>
    public const int Refused = 2;

    /// <summary>This machine lacks something.</summary>
    public const int Machine = 3;

    /// <summary>The video was tried and did not come about.</summary>
    public const int NoVideo = 4;

    private const int SqliteReadOnly = 8;

    private const int SqliteCantOpen = 14;

    public static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            return Say("Stopped. What was begun goes on at the next start.", 130);
        }
        catch (Exception e) when (Sentence(e) is { } sentence)
        {
            return Say(sentence.Text, sentence.ExitCode);
        }
    }

    public static int Say(string text, int exitCode)
    {
        Console.Error.WriteLine(text);
        return exitCode;
    }

    private static (string Text, int ExitCode)? Sentence(Exception e) => e switch
    {
        RefusedException refused => (refused.Problem.MerchantText, Refused),
        StorefrontException shop => (shop.MerchantText, Refused),
        TemplateException template => (template.Message, Refused),
        FfmpegMissingException ffmpeg => (ffmpeg.OperatorText, Machine),
        DatabaseUnavailableException database => (database.OperatorText, Machine),
        BlobStoreException blob => (blob.MerchantText, Machine),
        OptionsValidationException options => (Mistakes([options]), Refused),
        AggregateException { InnerExceptions: var all } when all.All(one => one is OptionsValidationException) => (Mistakes(all.Cast<OptionsValidationException>()), Refused),
        _ when IsPortTaken(e) => ("The port is taken by another program. Stop that program, or choose another port with --port, for example --port 5090.", Machine),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            ("This machine has no such address. Give --host one of its own, 0.0.0.0 for all of them, or leave it out.", Refused),
        _ when IsDiskFull(e) => ("The disk is full. Make room in the data folder, or choose another with --data FOLDER; nothing is lost.", Machine),
        Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteCantOpen } =>
            ($"The database can't be opened for writing: {e.Message.TrimEnd('.')}. Check the permissions of the data folder and its files, or run this as the user whom they belong to.", Machine),
        UnauthorizedAccessException or IOException => ($"A file or folder can't be read or written: {e.Message.TrimEnd('.')}. Check its permissions, or choose another folder with --data FOLDER.", Machine),
        AggregateException { InnerExceptions: [var only] } => Sentence(only),
        _ => null,
    };

    private static string Mistakes(IEnumerable<OptionsValidationException> settings) =>
        "The settings have mistakes:\n  " + string.Join("\n  ", settings.SelectMany(options => options.Failures));

    private static bool IsPortTaken(Exception e) =>
        e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or Microsoft.AspNetCore.Connections.AddressInUseException
        || (e.InnerException is { } inner && IsPortTaken(inner));

    private static bool IsDiskFull(Exception e)
    {
        const int sqliteFull = 13;
        return DiskFull.Is(e)
            || e is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: sqliteFull }
            || (e.InnerException is { } inner && IsDiskFull(inner));
    }
}
