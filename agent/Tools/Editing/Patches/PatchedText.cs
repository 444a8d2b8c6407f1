namespace Navi.Agent.Tools.Editing;

/// <summary>A text with the hunks in it.</summary>
/// <param name="Text">All of it.</param>
/// <param name="Notes">What had to be overlooked, and where; empty when everything stood as the patch says.</param>
internal sealed record PatchedText(string Text, IReadOnlyList<string> Notes);
