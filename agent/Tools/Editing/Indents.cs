namespace Navi.Agent.Tools.Editing;

/// <summary>How the indentation that was asked for stands to the file's own, learnt from the lines that matched.</summary>
internal sealed class Indents
{
    private readonly Dictionary<string, string> own = [];

    /// <summary>Learns from a pair of lines. False when it contradicts what is known.</summary>
    public bool Learn(string wanted, string found)
    {
        if (string.IsNullOrWhiteSpace(wanted) || string.IsNullOrWhiteSpace(found))
            return true;
        var (from, to) = (Of(wanted), Of(found));
        return own.TryAdd(from, to) || own[from] == to;
    }

    /// <summary>A line as it has to be indented in the file.</summary>
    public string Apply(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return line;
        var indent = Of(line);
        return Translate(indent) + line[indent.Length..];
    }

    private static string Of(string line) => line[..(line.Length - line.AsSpan().TrimStart().Length)];

    private string Translate(string indent)
    {
        if (own.TryGetValue(indent, out var known))
            return known;
        // Deeper than what is known: what is beyond stays, in the file's own unit.
        if (own.Keys.Where(key => indent.StartsWith(key, StringComparison.Ordinal)).MaxBy(key => key.Length) is { } shallower)
            return own[shallower] + Unit(indent[shallower.Length..]);
        // Less deep: as much less in the file.
        if (own.Keys.Where(key => key.StartsWith(indent, StringComparison.Ordinal)).MinBy(key => key.Length) is { } deeper)
        {
            var less = Unit(deeper[indent.Length..]);
            return own[deeper].EndsWith(less, StringComparison.Ordinal) ? own[deeper][..^less.Length] : indent;
        }

        return indent;
    }

    // Blanks for tabs or tabs for blanks, where every known pair says so and agrees in the number.
    private string Unit(string more)
    {
        var pairs = own.Where(pair => pair.Key.Length > 0 && pair.Value.Length > 0).ToList();
        if (pairs.Count == 0)
            return more;
        if (pairs.All(pair => pair.Key.All(c => c == ' ') && pair.Value.All(c => c == '\t')) && pairs.Select(pair => pair.Key.Length / (double)pair.Value.Length).Distinct().ToList() is [var width] && width >= 1)
            return more.All(c => c == ' ') ? new string('\t', (int)(more.Length / width)) + new string(' ', more.Length - ((int)(more.Length / width) * (int)width)) : more;
        if (pairs.All(pair => pair.Key.All(c => c == '\t') && pair.Value.All(c => c == ' ')) && pairs.Select(pair => pair.Value.Length / pair.Key.Length).Distinct().ToList() is [var blanks])
            return more.Replace("\t", new string(' ', blanks), StringComparison.Ordinal);
        return more;
    }
}
