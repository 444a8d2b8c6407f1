namespace Navi.Agent.Code;

/// <summary>Lines of offsets, as read_file counts them, without counting from the beginning each time.</summary>
internal sealed class LineStarts
{
    private readonly List<int> starts = [0];

    public LineStarts(string text)
    {
        for (var at = text.IndexOf('\n', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\n', at + 1))
            starts.Add(at + 1);
    }

    /// <summary>Line of an offset, from 1.</summary>
    public int Of(int offset) => starts.BinarySearch(offset) is var index && index >= 0 ? index + 1 : ~index;

    /// <summary>Offset at which a line begins.</summary>
    public int StartOf(int line) => starts[line - 1];

    /// <summary>Offset behind a line's last character, without its end.</summary>
    public int EndOf(int line, int length) => line < starts.Count ? starts[line] - 1 : length;
}
