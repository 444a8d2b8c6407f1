namespace Navi.Agent.Tools.Editing;

/// <summary>Reads a patch in any of the formats that models write. Errors are <see cref="FormatException"/> with a message for the model.</summary>
internal static class PatchFormats
{
    /// <param name="patch">The whole text.</param>
    /// <param name="exists">Whether there is such a file.</param>
    public static IReadOnlyList<FilePatch> Parse(string patch, Func<string, bool> exists)
    {
        var lines = TextFile.Lines(patch);
        if (EnvelopeFormat.Is(lines))
            return EnvelopeFormat.Parse(lines);
        if (BlockFormat.Is(lines) && !UnifiedFormat.Is(lines))
            return BlockFormat.Parse(lines, exists);
        var windows = patch.Split('\n').Select(line => line.EndsWith('\r')).ToArray();
        // Where all lines end so, it is the patch that was written this way.
        return UnifiedFormat.Parse(lines, windows[..lines.Length].All(cr => cr) ? new bool[lines.Length] : windows);
    }
}
