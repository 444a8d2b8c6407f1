namespace Navi.Agent.Tools.Editing;

/// <summary>How the indentation that was asked for stands to the file's own, learnt from the lines that matched.</summary>
internal sealed class Indents
{
    private readonly Dictionary<string, string> own = [];

    /// <summary>Learns from a pair of lines. False when it contradicts what is known: alike has to stay alike, and deeper has to stay deeper.</summary>
    public bool Learn(string wanted, string found)
    {
        if (string.IsNullOrWhiteSpace(wanted) || string.IsNullOrWhiteSpace(found))
            return true;
        var (from, to) = (Of(wanted), Of(found));
        if (own.TryGetValue(from, out var known))
            return known == to;
        if (own.Any(pair => Math.Sign(pair.Key.Length - from.Length) != Math.Sign(pair.Value.Length - to.Length)))
            return false;
        own.Add(from, to);
        return true;
    }

    /// <summary>A line as it has to be indented in the file; null where what is known leaves that open.</summary>
    public string? Apply(string line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return line;
        var indent = Of(line);
        return Translate(indent) is { } translated ? translated + line[indent.Length..] : null;
    }

    private static string Of(string line) => line[..(line.Length - line.AsSpan().TrimStart().Length)];

    private string? Translate(string indent)
    {
        if (own.Count == 0 || own.TryGetValue(indent, out _))
            return own.GetValueOrDefault(indent, indent);
        var (shifted, scaled) = (Shift(indent), Scale(indent));
        // One pair alone can be read in both ways.
        return shifted is null ? scaled : scaled is null || scaled == shifted ? shifted : null;
    }

    // The file has everything so much further in, or out.
    private string? Shift(string indent)
    {
        var (key, value) = own.MinBy(pair => pair.Key.Length);
        if (value.EndsWith(key, StringComparison.Ordinal))
        {
            var more = value[..^key.Length];
            return own.All(pair => pair.Value == more + pair.Key) ? more + indent : null;
        }

        if (!key.EndsWith(value, StringComparison.Ordinal))
            return null;
        var less = key[..^value.Length];
        return own.All(pair => pair.Key == less + pair.Value) && indent.StartsWith(less, StringComparison.Ordinal) ? indent[less.Length..] : null;
    }

    // The file has other units: tabs for blanks, or twice as many blanks.
    private string? Scale(string indent)
    {
        var pairs = own.Where(pair => pair.Key.Length > 0).ToList();
        if (pairs.Count == 0 || own.TryGetValue("", out var margin) && margin.Length > 0 || !OfOne(indent))
            return null;
        var (key, value) = pairs[0];
        var same = pairs.TrueForAll(pair => OfOne(pair.Key) && OfOne(pair.Value) && pair.Value.Length > 0 && pair.Key[0] == key[0] && pair.Value[0] == value[0] && pair.Key.Length * value.Length == key.Length * pair.Value.Length);
        if (!same || (indent.Length > 0 && indent[0] != key[0]) || indent.Length * value.Length % key.Length != 0)
            return null;
        return new string(value[0], indent.Length * value.Length / key.Length);
    }

    private static bool OfOne(string indent) => indent.Length == 0 || !indent.AsSpan().ContainsAnyExcept(indent[0]);
}
