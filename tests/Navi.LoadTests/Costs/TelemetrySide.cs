namespace Navi.LoadTests.Costs;

/// <summary>One of the two.</summary>
/// <param name="Requests">Requests of all blocks.</param>
/// <param name="Tasks">Tasks of all blocks.</param>
/// <param name="Failures">Of both, failed.</param>
/// <param name="RequestsPerS">Requests by the time of their blocks.</param>
/// <param name="RequestMs">Processor time of NAVI and PostgreSQL for a request, in milliseconds.</param>
/// <param name="TaskMs">The same for a task with its requests.</param>
internal sealed record TelemetrySide(int Requests, int Tasks, int Failures, double RequestsPerS, double RequestMs, double TaskMs);
