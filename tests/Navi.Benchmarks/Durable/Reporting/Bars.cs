namespace Navi.Benchmarks.Durable.Reporting;

/// <summary>The demands. Speeds are ratios to floors of the same run, since a disk's own speed is nobody's merit.</summary>
internal static class Bars
{
    /// <summary>Commits of a chain of ten activities when every step costs one, the start included.</summary>
    private const int ChainCommits = 11;

    public static Bar ChainAlone(double p50Ms, double c1Ms) => new("p50 ≤ 1.6 × 11 × c1", p50Ms, 1.6 * ChainCommits * c1Ms, AtMost: true);

    public static Bar ChainTogether(double stepsPerS, double c50) => new("steps/s ≥ C50 / 3", stepsPerS, c50 / 3, AtMost: false);

    public static Bar ChainAgainstDbos(double stepsPerS, double dbosStepsPerS) => new("NAVI's steps/s ≥ 8 × DBOS's", stepsPerS, 8 * dbosStepsPerS, AtMost: false);

    public static Bar GateMedian(double p50Ms, double c1Ms) => new("p50 ≤ 6 × c1", p50Ms, 6 * c1Ms, AtMost: true);

    public static Bar GateTail(double p95Ms, double c1Ms) => new("p95 ≤ 15 × c1", p95Ms, 15 * c1Ms, AtMost: true);

    public static Bar Fan(double stepsPerS, double c50) => new("steps/s ≥ 0.4 × C50", stepsPerS, 0.4 * c50, AtMost: false);

    public static Bar Recovery(double p50Ms) => new("p50 ≤ 30 ms", p50Ms, 30, AtMost: true);

    public static Bar Takeover(double p95Ms) => new("p95 ≤ 1000 ms", p95Ms, 1000, AtMost: true);

    public static Bar Parked(double residentMb) => new("resident MB ≤ 200", residentMb, 200, AtMost: true);

    /// <summary>More processes may not do less; a twentieth is left to chance.</summary>
    public static Bar Processes(int processes, double stepsPerS, double aloneStepsPerS) =>
        new($"steps/s of {processes} ≥ 0.95 × of 1", stepsPerS, 0.95 * aloneStepsPerS, AtMost: false);

    /// <summary>One that starves takes far longer than its like.</summary>
    public static Bar Starvation(double slowestMs, double p50Ms) => new("slowest ≤ 5 × p50", slowestMs, 5 * p50Ms, AtMost: true);

    public static Bar Lasting(double last, double first) => new("steps/s of the last sixth ≥ 0.9 × of the first", last, 0.9 * first, AtMost: false);

    public static Bar LastingBesideSnapshot(double held, double first) => new("steps/s with the old snapshot ≥ 0.5 × of the first sixth", held, 0.5 * first, AtMost: false);

    public static Bar FlatMemory(double lastMb, double firstMb) => new("resident MB of the last sixth ≤ 1.25 × of the first", lastMb, 1.25 * firstMb, AtMost: true);
}
