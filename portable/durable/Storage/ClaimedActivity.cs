namespace Navi.Portable.Durable.Storage;

/// <summary>An activity call that this worker has claimed.</summary>
/// <param name="Epoch">The claim's number: the result counts only while it is the row's.</param>
internal sealed record ClaimedActivity(
    long ActivityId, string InstanceId, long Incarnation, int Execution, int TaskId, string Name, string Version, string? Input, long Epoch)
{
    /// <summary>The input names a large payload that was not read yet.</summary>
    public bool InputIsReference { get; init; }
}
