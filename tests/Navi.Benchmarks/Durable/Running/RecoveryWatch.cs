using System.Collections.Concurrent;
using System.Diagnostics;

namespace Navi.Benchmarks.Durable.Running;

/// <summary>When orchestrators of this process last began to run from their start, and when they came past what they had waited for.</summary>
internal sealed class RecoveryWatch
{
    private readonly ConcurrentDictionary<string, long> began = new();
    private readonly ConcurrentDictionary<string, long> passed = new();

    public void Began(string instance) => began[instance] = Stopwatch.GetTimestamp();

    public void Passed(string instance) => passed.TryAdd(instance, Stopwatch.GetTimestamp());

    /// <summary>Both moments in ticks of <see cref="Stopwatch"/>.</summary>
    public (long Began, long Passed) Of(string instance) => (began[instance], passed[instance]);
}
