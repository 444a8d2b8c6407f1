namespace Navi.Agent.Tools.Files;

/// <summary>One hunk.</summary>
/// <param name="OldStart">Line, from 1, where the hunk says it begins; 0 in an empty file.</param>
/// <param name="Lines">Sign (' ', '-' or '+'), text without its line end, and whether the text ends the file without one.</param>
internal sealed record PatchHunk(int OldStart, IReadOnlyList<(char Sign, string Text, bool NoNewline)> Lines);
