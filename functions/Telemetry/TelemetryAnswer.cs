namespace Navi.Functions.Telemetry;

/// <summary>What became of a batch.</summary>
/// <param name="Accepted">Events that were stored.</param>
/// <param name="Duplicates">Events that were stored before.</param>
internal sealed record TelemetryAnswer(int Accepted, int Duplicates);
