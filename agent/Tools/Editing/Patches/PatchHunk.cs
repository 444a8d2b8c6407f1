namespace Navi.Agent.Tools.Editing;

/// <summary>One hunk.</summary>
/// <param name="Lines">Its lines.</param>
internal sealed record PatchHunk(IReadOnlyList<HunkLine> Lines)
{
    /// <summary>Line, from 1, where the hunk says it begins, 0 in an empty file; null where it says nothing.</summary>
    public int? OldStart { get; init; }

    /// <summary>Lines that come before it, the outermost first: its place is after the last of them.</summary>
    public IReadOnlyList<string> Anchors { get; init; } = [];

    /// <summary>It ends where the file does.</summary>
    public bool AtEnd { get; init; }
}
