using System.Runtime.InteropServices;
using System.Text;
using NetVips;

namespace ProductVideo.Rendering;

/// <summary>
/// The fonts that ship with the product. Nothing of the machine's own fonts is used: a clip looks the same everywhere, also where
/// there are none, and
/// the search through installed fonts, which takes seconds, never happens.
/// </summary>
internal static partial class FontShelf
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Rendering", "Fonts");
    private static readonly Lock s_gate = new();
    private static readonly HashSet<string> s_registered = [];
    private static bool s_isolated;

    private static readonly FontFile s_bold = Shipped("NotoSans-Bold.ttf", "Noto Sans");
    private static readonly FontFile s_regular = Shipped("NotoSans-Regular.ttf", "Noto Sans");

    /// <summary>In the order in which they are asked for a character.</summary>
    private static readonly FontFile[] s_scripts =
    [
        .. ((string[])
        [
            "Arabic", "Hebrew", "Devanagari", "Thai", "Bengali", "Tamil", "Telugu", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Sinhala",
            "Georgian", "Armenian", "Ethiopic", "Khmer", "Lao", "Myanmar",
        ]).Select(script => Shipped($"NotoSans{script}-Bold.ttf", $"Noto Sans {script}")),
        Shipped("NotoSansCJKsc-Bold-Subset.otf", "Noto Sans CJK SC"),
    ];

    /// <summary>Looks whether all are there, so that it is told at the start and not with some title.</summary>
    /// <exception cref="FontMissingException">One is not.</exception>
    public static void Demand()
    {
        foreach (var font in (FontFile[])[s_bold, s_regular, .. s_scripts])
            font.Demand();
    }

    /// <summary>Whether some shipped font has the character, or it needs none because it only steers the others.</summary>
    public static bool Has(Rune rune) => Find(rune.Value) is not null || IsJoiner(rune.Value);

    /// <summary>Families in the order that Pango shall try, for exactly the scripts in the text; their files are registered.</summary>
    public static string FamiliesFor(string text, bool bold)
    {
        var fonts = new List<FontFile> { bold ? s_bold : s_regular };
        foreach (var rune in text.EnumerateRunes())
        {
            if (!fonts.Exists(font => font.Has(rune.Value)) && Find(rune.Value) is { } font)
                fonts.Add(font);
        }

        lock (s_gate)
        {
            foreach (var font in fonts)
                Register(font);
        }

        return string.Join(", ", fonts.Select(font => font.Family));
    }

    private static FontFile? Find(int codePoint) =>
        s_bold.Has(codePoint) ? s_bold : Array.Find(s_scripts, font => font.Has(codePoint));

    private static bool IsJoiner(int codePoint) => codePoint is 0x200C or 0x200D or 0x200E or 0x200F;

    private static FontFile Shipped(string file, string family) => new(Path.Combine(s_folder, file), family);

    private static void Register(FontFile font)
    {
        if (s_registered.Contains(font.Path))
            return;
        font.Demand();
        s_registered.Add(font.Path);
        if (s_isolated)
        {
            Load(font);
            return;
        }

        // fontconfig reads its settings once, at the first text, and only from the native environment, which the framework's own setter
        // does not reach. The variable is put back at once: other libraries in the process may want the machine's fonts.
        const string Variable = "FONTCONFIG_FILE";
        var before = Environment.GetEnvironmentVariable(Variable);
        SetNative(Variable, Path.Combine(s_folder, "fonts.conf"));
        try
        {
            Load(font);
            s_isolated = true;
        }
        finally
        {
            SetNative(Variable, before);
        }
    }

    /// <summary>The library registers a font file as a side effect of setting a text with it.</summary>
    private static void Load(FontFile font)
    {
        using var text = Image.Text(".", font: font.Family, fontfile: font.Path);
    }

    private static void SetNative(string name, string? value)
    {
        if (OperatingSystem.IsWindows())
            _ = PutWindows(name, value ?? "");
        else if (value is null)
            _ = UnsetUnix(name);
        else
            _ = SetUnix(name, value, 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetUnix(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int UnsetUnix(string name);

    [LibraryImport("ucrtbase", EntryPoint = "_wputenv_s", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int PutWindows(string name, string value);
}
