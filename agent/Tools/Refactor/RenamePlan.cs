namespace Navi.Agent.Tools.Refactor;

/// <summary>What renaming an identifier does to one file.</summary>
/// <param name="Text">The new text.</param>
/// <param name="Count">Occurrences renamed.</param>
/// <param name="Collisions">Lines where the new name is an identifier already.</param>
/// <param name="Left">Lines where the old name stands inside a longer string, which is left as it is.</param>
internal sealed record RenamePlan(string Text, int Count, IReadOnlyList<int> Collisions, IReadOnlyList<int> Left);
