using System.Globalization;
using System.Text;

namespace Navi.Agent.Tools.Editing;

/// <summary>Where a block that a text does not have stands most nearly: what a model needs to correct itself.</summary>
internal static class NearestBlock
{
    private const int MostLines = 15;

    // Lines that a block has more often, such as brackets, say nothing of where it is.
    private const int MostAlike = 20;

    /// <summary>The file's own lines there, with their numbers; null when no line of the block stands anywhere.</summary>
    public static string? Describe(LineText text, IReadOnlyList<string> block)
    {
        if (Best(text, block) is not { } start)
            return null;
        var (first, last) = (Math.Max(0, start), Math.Min(text.Count, start + block.Count) - 1);
        var shown = new StringBuilder();
        for (var n = first; n <= last && n < first + MostLines; n++)
            shown.Append(CultureInfo.InvariantCulture, $"\n{n + 1}: {text[n]}");
        if (last >= first + MostLines)
            shown.Append(CultureInfo.InvariantCulture, $"\n(and {last - first - MostLines + 1} more)");
        return string.Create(CultureInfo.InvariantCulture, $"Nearest are lines {first + 1} to {last + 1} of the file:{shown}");
    }

    // Every line that both have votes for where the block would begin.
    private static int? Best(LineText text, IReadOnlyList<string> block)
    {
        var wanted = block.Select((line, n) => (Text: line.Trim(), Index: n)).Where(line => line.Text.Length > 0).ToLookup(line => line.Text, line => line.Index);
        var votes = new Dictionary<int, int>();
        for (var n = 0; n < text.Count; n++)
        {
            var places = wanted[text[n].Trim()];
            if (places.Count() > MostAlike)
                continue;
            foreach (var index in places)
                votes[n - index] = votes.GetValueOrDefault(n - index) + 1;
        }

        return votes.Count == 0 ? null : votes.MaxBy(vote => (vote.Value, -vote.Key)).Key;
    }
}
