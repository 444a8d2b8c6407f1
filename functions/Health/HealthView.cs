namespace Navi.Functions.Health;

/// <summary>Answer of a probe.</summary>
internal sealed record HealthView(string Status);
