using Navi.Drills.Kills.Working;

namespace Navi.Drills.Kills.Judging;

/// <summary>A line of the world's ledger, which is only ever appended to.</summary>
/// <param name="At">When, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="What"><c>begin</c>, <c>effect</c> or <c>request</c>.</param>
/// <param name="Key">Instance and step, or task and call.</param>
/// <param name="Worker">The process that said it.</param>
internal sealed record WorldEntry(long At, string What, string Key, string Worker)
{
    /// <summary>The instance of the key.</summary>
    public string Instance => Key[..Key.LastIndexOf('/')];

    /// <summary>As soon as this step is done another step of the same instance begins.</summary>
    public bool HasNext => (Key.StartsWith("chain", StringComparison.Ordinal) && !Key.EndsWith($"/{Orchestrators.ChainSteps - 1}", StringComparison.Ordinal))
        || (Key.StartsWith("parent", StringComparison.Ordinal) && !Key.EndsWith($"/{Orchestrators.SubSteps - 1}", StringComparison.Ordinal))
        || (Key.StartsWith("loop", StringComparison.Ordinal) && !Key.EndsWith($"/{Orchestrators.Rounds - 1}b", StringComparison.Ordinal));
}
