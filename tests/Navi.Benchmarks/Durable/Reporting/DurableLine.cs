using System.Text.Json.Serialization;

namespace Navi.Benchmarks.Durable.Reporting;

/// <summary>One measurement.</summary>
/// <param name="Shape">What was run.</param>
/// <param name="Engine"><c>navi</c>, a peer's name, or <c>floor</c> for bare commits.</param>
/// <param name="Concurrency">How many at once.</param>
/// <param name="Samples">How many times it was measured.</param>
internal sealed record DurableLine(string Shape, string Engine, int Concurrency, int Samples)
{
    [JsonPropertyOrder(1)]
    public double? StepsPerS { get; init; }

    [JsonPropertyOrder(2)]
    public double? P50Ms { get; init; }

    [JsonPropertyOrder(3)]
    public double? P95Ms { get; init; }

    [JsonPropertyOrder(4)]
    public double? MaxMs { get; init; }

    /// <summary>What else belongs to it, by name; units are in the names.</summary>
    [JsonPropertyOrder(5)]
    public IReadOnlyDictionary<string, double>? Figures { get; init; }

    /// <summary>The steps per second of each burst.</summary>
    [JsonPropertyOrder(6)]
    public IReadOnlyList<double>? Bursts { get; init; }

    [JsonPropertyOrder(7)]
    public IReadOnlyList<Bar>? Bars { get; init; }

    /// <summary>Why it was not measured; null when it was.</summary>
    [JsonPropertyOrder(8)]
    public string? Failure { get; init; }

    public static DurableLine Of(string shape, string engine, int concurrency, Timings timings) =>
        new(shape, engine, concurrency, timings.Count) { P50Ms = timings.P50Ms, P95Ms = timings.P95Ms, MaxMs = timings.MaxMs };

    /// <param name="shape">What was run.</param>
    /// <param name="engine">Whose it is.</param>
    /// <param name="concurrency">How many at once.</param>
    /// <param name="rates">Steps per second of each burst.</param>
    /// <param name="timings">How long each workflow took; null when that was not looked at.</param>
    public static DurableLine Of(string shape, string engine, int concurrency, Rates rates, Timings? timings = null) =>
        new(shape, engine, concurrency, timings?.Count ?? rates.All.Count)
        {
            StepsPerS = rates.Median, Bursts = rates.All, P50Ms = timings?.P50Ms, P95Ms = timings?.P95Ms, MaxMs = timings?.MaxMs,
        };
}
