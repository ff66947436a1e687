using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Prompts;
using ProductVideo.Rendering;

namespace ProductVideo.Host;

/// <summary>Ends the program with a sentence that says what to do, never with a stack trace.</summary>
internal static partial class Failures
{
    /// <summary>The request was wrong: another one may work.</summary>
    public const int Refused = 2;

    /// <summary>This machine lacks something.</summary>
    public const int Machine = 3;

    /// <summary>The video was tried and did not come about.</summary>
    public const int NoVideo = 4;

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

    internal static (string Text, int ExitCode)? Sentence(Exception e) => e switch
    {
        RefusedException refused => (refused.Problem.MerchantText, Refused),
        StorefrontException shop => (shop.MerchantText, Refused),
        TemplateException template => (template.Message, Refused),
        FfmpegMissingException or FontMissingException => (((RenderException)e).OperatorText, Machine),
        DatabaseUnavailableException database => (database.OperatorText, Machine),
        BlobStoreException blob => (blob.MerchantText, Machine),
        OptionsValidationException options => (Mistakes([options]), Refused),
        AggregateException { InnerExceptions: var all } when all.All(one => one is OptionsValidationException) => (Mistakes(all.Cast<OptionsValidationException>()), Refused),
        InvalidOperationException unread when NotReadable().Match(unread.Message) is { Success: true } match =>
            ($"{match.Groups["setting"].Value} can't be read{(match.Groups["value"] is { Success: true, Value: var value } ? $": it is '{value}'" : "")}. Write {SettingForms.Of(match.Groups["type"].Value)}.", Refused),
        InvalidOperationException level when UnknownLevel().Match(level.Message) is { Success: true } match =>
            ($"Logging:LogLevel can't be '{match.Groups["value"].Value}'. Write Trace, Debug, Information, Warning, Error, Critical or None.", Refused),
        _ when IsPortTaken(e) => ("The port is taken by another program. Stop that program, or choose another port with --port, for example --port 5090.", Machine),
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } =>
            ("This machine has no such address. Give --host one of its own, 0.0.0.0 for all of them, or leave it out.", Refused),
        _ when IsDiskFull(e) => ("The disk is full. Make room in the data folder, or choose another with --data FOLDER; nothing is lost.", Machine),
        _ when OfSqlite(e) is { } database => (database, Machine),
        _ when DatabaseFaults.IsUnavailable(e) =>
            ($"The database is locked by another program, takes no writes or can't be reached: {e.GetBaseException().Message.TrimEnd('.')}. Look whether this was done before you try it again; "
                + "an order whose number was printed stands, and the server goes on with it.", Machine),
        UnauthorizedAccessException or IOException => ($"A file or folder can't be read or written: {e.Message.TrimEnd('.')}. Check its permissions, or choose another folder with --data FOLDER.", Machine),
        AggregateException { InnerExceptions: [var only] } => Sentence(only),
        _ => null,
    };

    private static string Mistakes(IEnumerable<OptionsValidationException> settings) =>
        "The settings have mistakes:\n  " + string.Join("\n  ", settings.SelectMany(options => options.Failures).Distinct(StringComparer.Ordinal));

    /// <summary>What the binder of the settings says; it has no exception of its own.</summary>
    [GeneratedRegex("^Failed to convert configuration value (?:'(?<value>.*)' )?at '(?<setting>[^']+)' to type '(?<type>[^']+)'", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotReadable();

    /// <summary>Null unless it is about the file itself, which no other request can change.</summary>
    private static string? OfSqlite(Exception e)
    {
        const int readOnly = 8, ioError = 10, corrupt = 11, cantOpen = 14, notADatabase = 26;
        return (e as SqliteException)?.SqliteErrorCode switch
        {
            corrupt => "The database productvideo.db in the data folder is damaged. Put your last backup of the folder back and run \"restored\" before the next start, or choose another folder with --data FOLDER.",
            notADatabase => "The file productvideo.db in the data folder is no database, or is encrypted. Put your last backup of the folder back and run \"restored\" before the next start, or choose another folder with --data FOLDER.",
            ioError => "The database in the data folder can't be read or written: the disk or the network drive fails. See the system's log, mend it, then start again; what was committed is not lost.",
            readOnly or cantOpen => "The database in the data folder can't be opened for writing. Check the permissions of the folder and of productvideo.db, or choose another folder with --data FOLDER.",
            _ => e.InnerException is { } inner ? OfSqlite(inner) : null,
        };
    }

    /// <summary>What the logging says of a level that it does not know.</summary>
    [GeneratedRegex("^Configuration value '(?<value>.*)' is not supported", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnknownLevel();

    private static bool IsPortTaken(Exception e) =>
        e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } or Microsoft.AspNetCore.Connections.AddressInUseException
        || (e.InnerException is { } inner && IsPortTaken(inner));

    private static bool IsDiskFull(Exception e)
    {
        const int sqliteFull = 13;
        return DiskFull.Is(e)
            || e is SqliteException { SqliteErrorCode: sqliteFull }
            || (e.InnerException is { } inner && IsDiskFull(inner));
    }
}
