namespace Navi.Portable.Durable.Storage;

/// <summary>One worker's claim on one instance.</summary>
internal readonly record struct InstanceClaim(string InstanceId, long Incarnation, long Epoch);
