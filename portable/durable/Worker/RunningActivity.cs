using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>A call that this worker runs, or whose outcome it has and has not stored.</summary>
internal sealed record RunningActivity(ClaimedActivity Call, CancellationTokenSource Cancellation);
