using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>What became of a turn that was to be written.</summary>
/// <param name="Activities">The activities that it claimed for this worker; null when it was not written.</param>
/// <param name="Failure">Why; null when the claim was lost.</param>
internal readonly record struct WriteResult(IReadOnlyList<ClaimedActivity>? Activities, Exception? Failure);
