namespace Navi.Portable.Durable.Storage;

/// <summary>A turn that was written.</summary>
/// <param name="Activities">Those of its activities that this worker has claimed with it.</param>
/// <param name="At">The transaction's time, UTC, which the instance's row has now; null where it was not asked for.</param>
internal sealed record TurnCommit(IReadOnlyList<ClaimedActivity> Activities, DateTime? At);
