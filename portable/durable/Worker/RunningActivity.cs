using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>A call that this worker runs, or whose outcome it has and has not stored.</summary>
/// <param name="Since">A timestamp from before the claim could be lost again.</param>
internal sealed record RunningActivity(ClaimedActivity Call, CancellationTokenSource Cancellation, long Since);
