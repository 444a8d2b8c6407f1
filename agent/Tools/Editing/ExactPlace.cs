namespace Navi.Agent.Tools.Editing;

/// <summary>Where a text occurs.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="Length">In characters of the text that has it, whose line ends may be longer.</param>
/// <param name="Line">The line of its first character, from 1.</param>
internal readonly record struct ExactPlace(int Start, int Length, int Line);
