using System.Globalization;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.Kling;

/// <summary>What Kling's refusals mean: by code, never by text.</summary>
internal sealed class KlingFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
    /// <summary>What was asked for, a task among other things, is not there.</summary>
    public const int NotThere = 1203;

    /// <summary>
    /// The answer with the status that its code stands for. A refusal inside of a 200 is a refusal. A fault of theirs is one however it is
    /// dressed: it never proves that an order was not taken, not even as a 503 in their own words.
    /// </summary>
    public static SubmitAnswer ByCode(SubmitAnswer answer) =>
        answer is SubmitAnswer.Answered answered && KlingAnswer.Read(answered.Body) is var (code, _) && StatusOf(code) is { } status
            ? answered with { Status = status } : answer;

    /// <summary>Whether a refusal is that of parameters, and of what they are not is not told: a mark that is in use already may be among them.</summary>
    public static bool IsOfParameters(SubmitAnswer answer) => CodeOf(answer) is 1200 or 1201;

    /// <summary>Whether the words are Kling's and the code stands in no table: then they prove nothing.</summary>
    public static bool IsUnheardOf(SubmitAnswer answer) => CodeOf(answer) is { } code && StatusOf(code) is null;

    public static int? CodeOf(SubmitAnswer answer) =>
        answer is SubmitAnswer.Answered answered && KlingAnswer.Read(answered.Body) is var (code, _) ? code : null;

    /// <summary>Of a task that ended without a clip. Kling says why in words only, so nobody can tell its content rules from its faults.</summary>
    public ProviderFault OfTask(string id, KlingTask task) => Of(ProviderFaultCode.TaskFailed, $"task {id} ended as {task.Status}: {task.Message}") with
    {
        MerchantText = "Kling began this video and could not finish it. It may be a fault or its content rules. Make it again, choose other pictures, or another provider.",
    };

    protected override (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body) => KlingAnswer.Read(body) is var (code, message) && code != KlingAnswer.Success
        ? (code.ToString(CultureInfo.InvariantCulture), message) : null;

    protected override ProviderFaultCode? CodeOf(string code) => int.Parse(code, CultureInfo.InvariantCulture) switch
    {
        >= 1000 and <= 1004 or 1304 => ProviderFaultCode.Unauthorised,
        >= 1100 and <= 1102 => ProviderFaultCode.OutOfCredit,
        1103 or 1202 or NotThere => ProviderFaultCode.Unsupported,
        1200 or 1201 => ProviderFaultCode.InvalidInput,
        1300 or 1301 => ProviderFaultCode.ContentRefused,
        1302 => ProviderFaultCode.RateLimited,
        1303 => ProviderFaultCode.Concurrency,
        >= 5000 and <= 5002 => ProviderFaultCode.Transient,
        _ => null,
    };

    protected override ProviderFault Explain(ProviderFault fault, string code) => code switch
    {
        "1103" => fault with { MerchantText = "The account at Kling has no right to this model. Whoever runs the server must have it opened, or choose another model." },
        "1304" => fault with { MerchantText = "Kling does not let this server in: its address is missing from the account's allow-list. Whoever runs the server must add it there." },
        _ => fault,
    };

    /// <summary>As the vendor's table has it, but for faults of theirs; null for a code that is not in it.</summary>
    private static int? StatusOf(int code) => code switch
    {
        KlingAnswer.Success => 200,
        >= 1000 and <= 1004 => 401,
        >= 1100 and <= 1102 or >= 1302 and <= 1304 => 429,
        1103 => 403,
        1200 or 1201 or 1300 or 1301 => 400,
        1202 or NotThere => 404,
        >= 5000 and <= 5002 => 500,
        _ => null,
    };
}
