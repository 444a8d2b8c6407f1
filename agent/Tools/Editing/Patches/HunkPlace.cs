namespace Navi.Agent.Tools.Editing;

/// <summary>Where a hunk goes.</summary>
/// <param name="Match">The place.</param>
/// <param name="Content">The hunk's lines, without the context that was not asked for.</param>
/// <param name="Note">What was overlooked; empty when nothing was.</param>
internal sealed record HunkPlace(BlockMatch Match, IReadOnlyList<HunkLine> Content, string Note);
