namespace Navi.Portable.Durable.Engine;

/// <summary>One row of an instance's history.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="TaskId">The step it belongs to, counted from 0 within an execution; null where there is none.</param>
/// <param name="Name">Activity, orchestrator or event name.</param>
/// <param name="Payload">Result or event data as the data converter wrote it.</param>
/// <param name="Failure">A <see cref="Microsoft.DurableTask.TaskFailureDetails"/> as JSON.</param>
/// <param name="At">The turn's time, UTC.</param>
internal sealed record HistoryEvent(EventKind Kind, int? TaskId, string? Name, string? Payload, string? Failure, DateTime At);
