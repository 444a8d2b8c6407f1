namespace Navi.Orchestrations.Checkpoints;

/// <summary>Input of the orchestration <see cref="Checkpoint"/>.</summary>
/// <param name="TaskId">The task that waits.</param>
/// <param name="Number">Number of the gate within the task.</param>
/// <param name="Kind"><c>action</c>, <c>review</c> or <c>question</c>.</param>
/// <param name="CallId">The tool call; null for a review.</param>
public sealed record CheckpointInput(Guid TaskId, int Number, string Kind, string? CallId);
