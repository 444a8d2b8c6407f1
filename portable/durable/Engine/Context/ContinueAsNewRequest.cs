namespace Navi.Portable.Durable.Engine;

internal sealed record ContinueAsNewRequest(string? Input, bool PreserveUnprocessedEvents, string? Version);
