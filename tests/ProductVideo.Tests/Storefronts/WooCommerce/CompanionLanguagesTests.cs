using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using ProductVideo.Tests.Architecture;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.WooCommerce;

/// <summary>The companion plugin's languages say what its code says now; after a change of a text, <c>make-languages</c> and a translator do.</summary>
public sealed partial class CompanionLanguagesTests
{
    private static readonly string _plugin = Path.Combine(Repository.Root, "plugin-manifest", "woocommerce", "productvideo");

    [Fact]
    public void every_text_of_the_plugin_is_in_the_template_and_in_german()
    {
        var texts = Directory.EnumerateFiles(_plugin, "*.php", SearchOption.AllDirectories)
            .SelectMany(file => Text().Matches(File.ReadAllText(file))).Select(match => match.Groups["text"].Value).ToHashSet();
        texts.Count.ShouldBeGreaterThan(40);
        var template = Entries(Path.Combine(_plugin, "languages", "productvideo.pot"));
        var german = Entries(Path.Combine(_plugin, "languages", "productvideo-de_DE.po"));
        texts.Except(template.Keys).ShouldBeEmpty();
        german.Keys.ShouldBe(template.Keys, ignoreOrder: true);
        german.Where(entry => entry.Value.Length == 0).ShouldBeEmpty();
    }

    [Fact]
    public void what_wordpress_reads_is_made_of_what_the_translator_wrote()
    {
        var written = Entries(Path.Combine(_plugin, "languages", "productvideo-de_DE.po"));
        var read = Compiled(Path.Combine(_plugin, "languages", "productvideo-de_DE.mo"));
        read.Keys.ShouldBe(written.Keys, ignoreOrder: true);
        foreach (var (text, translation) in written)
            read[text].ShouldBe(translation);
    }

    /// <summary>By their text, of which the singular counts where there is a plural; without the head.</summary>
    private static Dictionary<string, string> Entries(string file) => Entry().Matches(File.ReadAllText(file))
        .ToDictionary(match => Plain(match.Groups["text"].Value), match => Plain(match.Groups["translation"].Value));

    /// <summary>Of a .mo: little-endian, two tables of lengths and places.</summary>
    private static Dictionary<string, string> Compiled(string file)
    {
        var bytes = File.ReadAllBytes(file);
        Number(0).ShouldBe(unchecked((int)0x950412de));
        return Enumerable.Range(0, Number(8)).Select(i => (Text: TextAt(Number(12) + (8 * i)), Translation: TextAt(Number(16) + (8 * i))))
            .Where(entry => entry.Text.Length > 0).ToDictionary(entry => entry.Text, entry => entry.Translation);

        int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        string TextAt(int at) => Encoding.UTF8.GetString(bytes, Number(at + 4), Number(at)).Split('\0')[0];
    }

    private static string Plain(string quoted) => quoted.Replace("\\\"", "\"", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(__|_n|esc_html__|esc_attr__|esc_html_e)\(\s*'(?<text>([^'\\]|\\.)+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Text();

    [GeneratedRegex("""^msgid "(?<text>.+)"\n(msgid_plural ".+"\n)?msgstr(\[0\])? "(?<translation>.*)"$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();
}
