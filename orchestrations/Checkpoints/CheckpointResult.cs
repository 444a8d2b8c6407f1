namespace Navi.Orchestrations.Checkpoints;

/// <summary>How a gate was settled; a wake-up for the parent, no authority: what acts on it reads the row again.</summary>
/// <param name="CheckpointId">The row.</param>
/// <param name="Status"><c>approved</c>, <c>rejected</c>, <c>answered</c>, <c>expired</c> or <c>cancelled</c>.</param>
public sealed record CheckpointResult(Guid CheckpointId, string Status);
