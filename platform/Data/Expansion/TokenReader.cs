namespace Navi.Platform.Data.Expansion;

/// <summary>Reads a statement from its beginning.</summary>
internal sealed class TokenReader(IReadOnlyList<SqlToken> tokens)
{
    private int at;

    public bool AtEnd => at >= tokens.Count;

    /// <summary>What has not been read.</summary>
    public IReadOnlyList<SqlToken> Rest => [.. tokens.Skip(at)];

    /// <summary>Takes the words and symbols when they are next, all or none.</summary>
    public bool Take(params ReadOnlySpan<string> values)
    {
        for (var n = 0; n < values.Length; n++)
        {
            if (at + n >= tokens.Count || !tokens[at + n].Is(values[n]))
                return false;
        }
        at += values.Length;
        return true;
    }

    /// <summary>Takes a name with its schema, such as <c>navi.tasks</c>; null when there is none.</summary>
    public string? Name()
    {
        if (Word() is not { } name)
            return null;
        while (Take("."))
            name += "." + Word();
        return name;
    }

    /// <summary>Takes one word; null when none is next.</summary>
    public string? Word() => !AtEnd && tokens[at].Kind == SqlTokenKind.Word ? tokens[at++].Value : null;

    /// <summary>Takes one text; null when none is next.</summary>
    public string? Text() => !AtEnd && tokens[at].Kind == SqlTokenKind.Text ? tokens[at++].Value : null;

    /// <summary>Takes everything up to the next comma that no bracket holds, or to the end; the comma is taken, too.</summary>
    public IReadOnlyList<SqlToken> Part()
    {
        var part = new List<SqlToken>();
        for (var depth = 0; !AtEnd; at++)
        {
            if (depth == 0 && tokens[at].Is(","))
            {
                at++;
                break;
            }
            depth += tokens[at].Is("(") || tokens[at].Is("[") ? 1 : tokens[at].Is(")") || tokens[at].Is("]") ? -1 : 0;
            part.Add(tokens[at]);
        }
        return part;
    }

    /// <summary>Takes everything up to the word; false, and everything is taken, when it does not come.</summary>
    public bool Skip(string word)
    {
        while (!AtEnd)
        {
            if (tokens[at++].Is(word))
                return true;
        }
        return false;
    }
}
