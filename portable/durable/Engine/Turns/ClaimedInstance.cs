using Microsoft.DurableTask;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Engine;

/// <summary>An instance that this worker has claimed for one turn.</summary>
/// <param name="Epoch">The claim's number: the turn's commit counts only while it is the instance's.</param>
/// <param name="Now">The database's time at the claim, UTC.</param>
internal sealed record ClaimedInstance(
    string InstanceId,
    long Incarnation,
    string Name,
    string Version,
    InstanceStatus Status,
    int Execution,
    int HistoryLength,
    string? Input,
    ParentLink? Parent,
    long Epoch,
    DateTime Now)
{
    /// <summary>When it was made, UTC, the database's time.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>Its tags as JSON; null for none.</summary>
    public string? Tags { get; init; }

    /// <summary>The input names a large payload that was not read yet.</summary>
    public bool InputIsReference { get; init; }

    public InstanceClaim Key => new(InstanceId, Incarnation, Epoch);

    public InstanceIdentity Identity =>
        new(InstanceId, Incarnation, Execution, Name, Version, Input, Parent is null ? null : new ParentOrchestrationInstance(Parent.Name, Parent.InstanceId));
}
