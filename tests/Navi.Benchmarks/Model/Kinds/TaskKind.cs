namespace Navi.Benchmarks.Model.Kinds;

/// <summary>A kind of task: the repository, the words, and how one sees from outside whether the work was done.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Words">What the agent is asked for.</param>
/// <param name="Files">The repository.</param>
/// <param name="Untouched">Files that the work must leave as they are.</param>
/// <param name="Check">A Python program that ends with an error when the delivered branch is not what was asked. The agent never sees it; the repository's own tests are run before it.</param>
/// <param name="Solution">What the simulated model says, turn by turn: tool calls by name and arguments. A real model is told nothing of it.</param>
internal sealed record TaskKind(
    string Name, string Words, IReadOnlyDictionary<string, string> Files, IReadOnlyList<string> Untouched, string Check, IReadOnlyList<(string Tool, object Arguments)> Solution);
