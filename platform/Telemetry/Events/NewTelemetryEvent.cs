namespace Navi.Platform.Telemetry.Events;

/// <summary>An event that a client sends, checked and with its secrets taken out.</summary>
/// <param name="EventId">The client's id of it; the same id again is the same event.</param>
/// <param name="OccurredAt">When, by the client's clock, UTC; null: when it was sent.</param>
/// <param name="Type">command, page, action, performance or error.</param>
/// <param name="Category">Group of names.</param>
/// <param name="Name">What happened.</param>
/// <param name="Data">A JSON object.</param>
/// <param name="SessionId">Session of the client; null for none.</param>
/// <param name="Source">cli, console, sdk or other.</param>
/// <param name="SourceVersion">Version of the client; null when unknown.</param>
/// <param name="DurationMs">How long it took; null when that means nothing.</param>
/// <param name="ErrorType">Kind of the error; only and always of an error.</param>
/// <param name="ErrorMessage">The error in words; only and always of an error.</param>
/// <param name="ErrorStack">Where it happened; null when unknown.</param>
public sealed record NewTelemetryEvent(
    Guid EventId, DateTime? OccurredAt, string Type, string Category, string Name, string Data, string? SessionId, string Source, string? SourceVersion, long? DurationMs,
    string? ErrorType, string? ErrorMessage, string? ErrorStack);
