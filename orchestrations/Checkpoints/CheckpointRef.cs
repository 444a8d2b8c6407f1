namespace Navi.Orchestrations.Checkpoints;

/// <summary>A checkpoint, as input of an activity.</summary>
/// <param name="CheckpointId">The row.</param>
public sealed record CheckpointRef(Guid CheckpointId);
