namespace Navi.Agent.Policy.Shell;

/// <summary>A place in a line, shared by the readers of its parts, and the here-documents that begin after the line's end.</summary>
internal sealed class ShellCursor(string text)
{
    public int At { get; set; }

    public bool End => At >= text.Length;

    /// <summary>The character here, or the gap at the end.</summary>
    public char Here => Look(0);

    public Queue<HereDocument> Pending { get; } = new();

    public char Look(int ahead) => At + ahead < text.Length ? text[At + ahead] : ShellWord.Gap;

    public bool Sees(string expected) => string.CompareOrdinal(text, At, expected, 0, expected.Length) == 0;

    /// <summary>Steps over <paramref name="expected"/> when it is here.</summary>
    public bool Takes(string expected)
    {
        if (!Sees(expected))
            return false;
        At += expected.Length;
        return true;
    }

    public string Slice(int from) => text[from..At];

    /// <summary>The rest of this physical line, without its end, which is stepped over.</summary>
    public string TakeLine()
    {
        var end = text.IndexOf('\n', At);
        var line = end < 0 ? text[At..] : text[At..end];
        At = end < 0 ? text.Length : end + 1;
        return line;
    }

    /// <summary>Spaces, tabs and escaped line ends.</summary>
    public void SkipBlanks()
    {
        while (Here is ' ' or '\t' || Sees("\\\n"))
            At += Here == '\\' ? 2 : 1;
    }
}
