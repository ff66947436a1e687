namespace ProductVideo.Hosting;

/// <summary>Finds what somebody meant to write.</summary>
internal static class Spelling
{
    /// <summary>The name that needs the fewest letters put in, left out or changed; null if none is within a third of what was written.</summary>
    /// <param name="written">With a mistake.</param>
    /// <param name="names">Those that there are.</param>
    public static string? Nearest(string written, IEnumerable<string> names) =>
        names.Select(name => (Name: name, Steps: Steps(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(one => one.Steps <= Math.Max(1, written.Length / 3)).OrderBy(one => one.Steps).Select(one => one.Name).FirstOrDefault();

    /// <summary>Levenshtein's distance, row by row.</summary>
    private static int Steps(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        foreach (var letter in from)
        {
            var (above, before) = (row[0], ++row[0]);
            for (var at = 1; at <= to.Length; at++)
            {
                before = Math.Min(Math.Min(before, row[at]) + 1, above + (letter == to[at - 1] ? 0 : 1));
                (above, row[at]) = (row[at], before);
            }
        }

        return row[^1];
    }
}
