namespace Navi.Functions.Health;

/// <summary>Answer of GET /readyz when everything is there.</summary>
internal sealed record ReadinessView(string Status, IReadOnlyDictionary<string, CheckView> Checks);
