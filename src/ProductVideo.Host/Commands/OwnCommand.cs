namespace ProductVideo.Host.Commands;

/// <summary>How this program is called where it runs, for texts that tell somebody to call it.</summary>
/// <param name="Program">What is typed for the program itself: a script's name, or a file.</param>
/// <param name="DataFolder">The data folder that a call means that names none.</param>
internal sealed record OwnCommand(string Program, string DataFolder)
{
    /// <summary>The name of the script that started the program, where one did: people call that and not the program.</summary>
    public const string Variable = "PRODUCTVIDEO_COMMAND";

    /// <summary>Whether the program is a library that .NET runs.</summary>
    private bool IsLibrary => Program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of this process.</summary>
    public static OwnCommand Here { get; } = new(ProgramOf(Environment.GetEnvironmentVariable(Variable), Environment.ProcessPath), CommonOptions.DataFolder);

    /// <param name="script">What <see cref="Variable"/> says.</param>
    /// <param name="process">The file that runs.</param>
    public static string ProgramOf(string? script, string? process) =>
        !string.IsNullOrEmpty(script) ? script
        : process is null || Path.GetFileNameWithoutExtension(process) == "dotnet" ? Path.Combine(AppContext.BaseDirectory, $"{typeof(OwnCommand).Assembly.GetName().Name}.dll")
        : process;

    /// <summary>A line to type.</summary>
    /// <param name="data">The data folder that it is about.</param>
    /// <param name="words">The command and what it takes; nothing for the server.</param>
    public string Line(string data, string words = "") => Join(Program, words, data == DataFolder ? "" : $"--data {Quoted(data)}");

    /// <summary>As <see cref="Line"/>, for a page that everybody may read: it does not tell where things lie on this machine.</summary>
    public string LineForStrangers(string data, string words) =>
        Join(Path.IsPathRooted(Program) ? Path.GetFileName(Program) : Program, words, data == DataFolder ? "" : "--data FOLDER");

    private string Join(string program, params string[] words) =>
        string.Join(' ', [.. IsLibrary ? ["dotnet"] : Array.Empty<string>(), Quoted(program), .. words.Where(word => word.Length > 0)]);

    private static string Quoted(string word) => word.Any(char.IsWhiteSpace) ? $"\"{word}\"" : word;
}
