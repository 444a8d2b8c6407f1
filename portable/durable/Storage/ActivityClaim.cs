namespace Navi.Portable.Durable.Storage;

/// <summary>One worker's claim on one activity call.</summary>
internal readonly record struct ActivityClaim(long ActivityId, long Epoch);
