namespace Navi.Agent.Tools.Editing;

/// <summary>A line of a hunk.</summary>
/// <param name="Sign"><c>' '</c> for one that stays, <c>'-'</c> for one that goes, <c>'+'</c> for one that comes.</param>
/// <param name="Text">Without its end.</param>
/// <param name="NoNewline">It ends its file without a line end.</param>
internal readonly record struct HunkLine(char Sign, string Text, bool NoNewline = false)
{
    /// <summary>The line's end, where the patch tells it; empty where it does not.</summary>
    public string End { get; init; } = "";
}
