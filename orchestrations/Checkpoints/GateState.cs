namespace Navi.Orchestrations.Checkpoints;

/// <summary>What the waiting orchestration must know of the row.</summary>
/// <param name="CheckpointId">The row.</param>
/// <param name="EventName">The event that wakes.</param>
/// <param name="Status">The row's status.</param>
/// <param name="RemainingMs">Milliseconds until expiry, by the database's clock.</param>
public sealed record GateState(Guid CheckpointId, string EventName, string Status, double RemainingMs);
