using Microsoft.DurableTask;

namespace Navi.Portable.Durable;

/// <summary>One thing that happened in an orchestration.</summary>
/// <param name="Position">Its place in the history, counted from 1.</param>
/// <param name="At">The time of the turn that recorded it.</param>
/// <param name="Kind">What happened, such as <c>ActivityScheduled</c> or <c>TimerFired</c>.</param>
/// <param name="Step">The step it belongs to, counted from 0; null where there is none.</param>
/// <param name="Name">Name of the activity, orchestrator or event; null where there is none. At the end of an execution how it ended.</param>
/// <param name="Payload">Result or event data as the data converter wrote it; of a rewinding the reason given for it.</param>
/// <param name="Failure">Why the step failed; null for everything else.</param>
/// <param name="TakenBack">A failure that a later rewinding has taken back.</param>
public sealed record DurableHistoryEntry(
    int Position, DateTimeOffset At, string Kind, int? Step, string? Name, string? Payload, TaskFailureDetails? Failure, bool TakenBack);
