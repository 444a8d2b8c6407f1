using System.Text.Json.Nodes;

namespace Navi.Platform.Checkpoints;

/// <summary>A gate to open.</summary>
/// <param name="Task">The task that waits.</param>
/// <param name="Number">Number within the task; opening the same number again returns the first row.</param>
/// <param name="Kind"><c>action</c>, <c>review</c> or <c>question</c>.</param>
/// <param name="CallId">The tool call; null for a review.</param>
/// <param name="Title">One line for people.</param>
/// <param name="Reason">Why a person is asked.</param>
/// <param name="Action">The exact action; its canonical digest is what a decision is bound to.</param>
/// <param name="Diff">The patch to review; null for other kinds.</param>
/// <param name="Lifetime">Time until it counts as denied.</param>
public sealed record NewCheckpoint(
    Guid Task, int Number, string Kind, string? CallId, string Title, string Reason, JsonObject Action, byte[]? Diff, TimeSpan Lifetime);
