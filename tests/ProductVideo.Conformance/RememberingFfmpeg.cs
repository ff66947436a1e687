using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ProductVideo.Rendering;

namespace ProductVideo.Conformance;

/// <summary>
/// Runs the machine's ffmpeg once for each question about the same bytes: hundreds of tests bring the same few clips home, and most of what one
/// of them costs is starting the program. What failed is asked again.
/// </summary>
/// <param name="machine">What answers at first.</param>
/// <param name="folder">Where answers are kept for other processes; null for none.</param>
internal class RememberingFfmpeg(FfmpegTool machine, string? folder = null) : FfmpegTool(machine)
{
    private const string Url = "file:";

    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);

    protected override async Task<byte[]> RunAsync(string tool, string[] arguments, TimeSpan limit, int maximumBytes, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var inputs = Enumerable.Range(1, arguments.Length - 1).Where(i => arguments[i - 1] == "-i").ToHashSet();
        var output = !inputs.Contains(arguments.Length - 1) && arguments[^1].StartsWith(Url, StringComparison.Ordinal) ? arguments[^1][Url.Length..] : null;
        var question = Path.GetFileName(tool) + '\n' + string.Join('\n', arguments.SkipLast(output is null ? 0 : 1).Select((argument, i) => inputs.Contains(i) ? Name(argument[Url.Length..]) : argument));
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)));
        if (!_answers.TryGetValue(key, out var answer) && (answer = Kept(key)) is null)
        {
            var said = await base.RunAsync(tool, arguments, limit, maximumBytes, ct);
            answer = new Answer(said, output is not null && File.Exists(output) ? await File.ReadAllBytesAsync(output, ct) : null);
            Keep(key, answer);
        }
        else if (answer.Written is { } written)
        {
            await File.WriteAllBytesAsync(output!, written, ct);
        }

        _answers[key] = answer;
        return answer.Said;
    }

    /// <summary>What stands for a file: two with the same name get the same answers.</summary>
    protected virtual string Name(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private Answer? Kept(string key) => folder is not null && File.Exists(Path.Combine(folder, key)) ? Answer.Of(File.ReadAllBytes(Path.Combine(folder, key))) : null;

    private void Keep(string key, Answer answer)
    {
        if (folder is null)
            return;
        var fresh = Path.Combine(folder, Path.GetRandomFileName());
        File.WriteAllBytes(fresh, answer.ToBytes());
        // Other processes read it, and one that is killed here leaves no half of it.
        File.Move(fresh, Path.Combine(folder, key), overwrite: true);
    }

    /// <param name="Said">What the tool wrote to its output.</param>
    /// <param name="Written">The file that it made; null if none.</param>
    private sealed record Answer(byte[] Said, byte[]? Written)
    {
        public byte[] ToBytes()
        {
            var length = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(length, Said.Length);
            return [.. length, (byte)(Written is null ? 0 : 1), .. Said, .. Written ?? []];
        }

        public static Answer Of(byte[] bytes)
        {
            const int head = sizeof(int) + 1;
            var end = head + BinaryPrimitives.ReadInt32LittleEndian(bytes);
            return new(bytes[head..end], bytes[sizeof(int)] is 0 ? null : bytes[end..]);
        }
    }
}
