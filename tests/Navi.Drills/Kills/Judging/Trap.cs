namespace Navi.Drills.Kills.Judging;

/// <summary>Something that is done to a worker at the moment it says something.</summary>
/// <param name="Worker">Which.</param>
/// <param name="What">Says what.</param>
/// <param name="Spring">Done when the line is in the ledger and the worker has not been answered.</param>
/// <param name="Sprung">Ends with the line.</param>
internal sealed record Trap(string Worker, string What, Action<WorldEntry> Spring, TaskCompletionSource<WorldEntry> Sprung);
