namespace Navi.Benchmarks.Model;

/// <summary>One attempt at a model, as NAVI recorded it.</summary>
internal sealed record Attempt(
    Guid Task, int Step, string Provider, string Model, DateTime Begun, string? Error, long? LatencyMs, long? FirstTokenMs, long Input, long Cached, long Output, decimal? Cost, DateTime? TaskEnded);
