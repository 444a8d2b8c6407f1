namespace Navi.Agent.Tools.Editing;

/// <summary>Reads a patch in any of the formats that models write: the first mark decides which. Errors are <see cref="FormatException"/> with a message for the model.</summary>
internal static class PatchFormats
{
    /// <param name="patch">The whole text.</param>
    /// <param name="exists">Whether there is such a file.</param>
    public static IReadOnlyList<FilePatch> Parse(string patch, Func<string, bool> exists)
    {
        var lines = TextFile.Lines(patch);
        for (var i = 0; i < lines.Length; i++)
        {
            if (EnvelopeFormat.Begins(lines[i]))
                return EnvelopeFormat.Parse(lines);
            if (BlockFormat.Begins(lines[i]))
                return BlockFormat.Parse(lines, exists);
            if (UnifiedFormat.Begins(lines, i))
                break;
        }

        return UnifiedFormat.Parse(lines, Ends(patch, lines.Length));
    }

    // Where all lines end with CR and LF it is the patch that was written this way, and the last may have lost its own.
    private static string[] Ends(string patch, int count)
    {
        var raw = patch.Split('\n');
        var ends = Enumerable.Range(0, count).Select(n => n == raw.Length - 1 ? "" : raw[n].EndsWith('\r') ? "\r\n" : "\n").ToArray();
        return ends.All(end => end is "\r\n" or "") ? [.. ends.Select(_ => "")] : ends;
    }
}
