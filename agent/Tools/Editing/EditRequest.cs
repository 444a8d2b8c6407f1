namespace Navi.Agent.Tools.Editing;

/// <summary>One edit of a text.</summary>
/// <param name="OldText">What to replace; empty to insert after <paramref name="After"/>.</param>
/// <param name="NewText">What comes in its place.</param>
/// <param name="ReplaceAll">Every occurrence.</param>
/// <param name="After">A text that occurs once: only what comes after it is looked at.</param>
/// <param name="Line">Of several occurrences the nearest to this line, from 1.</param>
/// <param name="WholeLines">The texts are lines: a part of a line is no place.</param>
internal sealed record EditRequest(string OldText, string NewText, bool ReplaceAll = false, string? After = null, int? Line = null, bool WholeLines = false);
