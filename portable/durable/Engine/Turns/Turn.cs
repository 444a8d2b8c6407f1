using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Navi.Portable.Durable.Engine;

/// <summary>
/// One turn of one instance: applies its messages to its orchestrator and collects what that changes. Pure with respect to the
/// database. Whatever goes wrong with the orchestrator or its data becomes the instance's failure.
/// </summary>
internal sealed class Turn(ClaimedInstance instance, DurableTaskCatalog catalog, IServiceProvider services, DataConverter converter, ILoggerFactory loggers)
{
    private readonly List<HistoryEvent> events = [];
    private readonly List<long> consumed = [];
    private readonly List<InboxMessage> held = [];
    private IReadOnlyList<long> settled = [];
    private TurnOutcome? outcome;
    private bool suspended = instance.Status == InstanceStatus.Suspended;
    private bool recursive;
    private IReadOnlyList<HistoryEvent> past = [];
    private string? rewoundFor;
    private bool rewound;

    /// <summary>The orchestrator in memory; null before its start message and when it could not be built.</summary>
    public OrchestrationExecution? Execution { get; private set; }

    /// <param name="messages">What the instance has to hear, in order.</param>
    /// <param name="live">The orchestrator kept from the last turn, if this worker ran that.</param>
    /// <param name="history">All of its history, when there is some and <paramref name="live"/> is null.</param>
    public TurnResult Run(IReadOnlyList<InboxMessage> messages, OrchestrationExecution? live, IReadOnlyList<HistoryEvent> history)
    {
        Execution = live;
        settled = [.. messages.Where(message => message.Activity is not null).Select(message => message.Activity!.Value)];
        past = history;
        try
        {
            if (live is null && history.Count > 0 && !messages.Any(message => message.Kind is MessageKind.Terminate or MessageKind.Rewind)) Rebuild(history);
            Execution?.BeginTurn();
            foreach (var message in messages)
            {
                if (outcome is not null || Execution is { HasEnded: true }) break;
                Hear(message);
            }
            return Result();
        }
        catch (Exception exception)
        {
            return Fail(Failures.From(exception));
        }
    }

    private void Rebuild(IReadOnlyList<HistoryEvent> history)
    {
        if (!TryCreate()) return;
        Execution!.Replay(history);
    }

    private bool TryCreate()
    {
        if ((Execution = Create()) is not null) return true;
        outcome = new TurnOutcome.Failed(Failures.Create(Failures.OrchestratorNotFound, $"No orchestrator task named '{instance.Name}' was found."));
        return false;
    }

    private OrchestrationExecution? Create() =>
        catalog.FindOrchestrator(instance.Name) is { } run ? new OrchestrationExecution(instance.Identity, run, services, converter, loggers, catalog.DefaultVersion) : null;

    private void Rewind(string? reason)
    {
        if (Execution is not null || !TryCreate()) return;
        var plan = RewindPlan.Make(past, Execution!, () => Create()!);
        Execution = plan.Execution;
        Execution.BeginTurn();
        (rewound, rewoundFor) = (true, reason);
        Record(EventKind.Rewound, payload: RewoundSteps.Serialize(reason, plan.Ignored));
        // It failed before it began.
        if (past.All(happened => happened.Kind != EventKind.ExecutionStarted)) Record(EventKind.ExecutionStarted);
    }

    private void Hear(InboxMessage message)
    {
        if (message.Execution is { } execution && execution != instance.Execution)
        {
            Consume(message);
            return;
        }
        switch (message.Kind)
        {
            case MessageKind.Terminate:
                outcome = new TurnOutcome.Terminated(message.Payload);
                recursive = message.Name is not null;
                break;
            case MessageKind.Suspend:
                suspended = true;
                Consume(message);
                break;
            case MessageKind.Resume:
                suspended = false;
                Consume(message);
                InboxMessage[] waited = [.. held];
                held.Clear();
                foreach (var earlier in waited)
                {
                    if (Execution is not { HasEnded: true }) Hear(earlier);
                }
                break;
            case MessageKind.Rewind:
                consumed.Add(message.Id);
                Rewind(message.Payload);
                break;
            // Held messages stay in the inbox, in their order.
            case not MessageKind.Start when Execution is null:
            case var _ when suspended:
                held.Add(message);
                break;
            default:
                Consume(message);
                Accept(message);
                break;
        }
    }

    private void Consume(InboxMessage message)
    {
        if (message.Activity is null) consumed.Add(message.Id);
    }

    private void Accept(InboxMessage message)
    {
        // A step has one outcome, whatever was run twice.
        if (message.TaskId is { } task && Execution is not null && !Execution.Awaits(task)) return;
        if (events.Count == 0) Record(EventKind.TurnStarted);
        if (message.Kind != MessageKind.Start)
        {
            Record(EventOf(message.Kind), message.TaskId, message.Name, message.Payload, message.Failure);
            return;
        }
        if (Execution is not null) return;
        if (!TryCreate()) return;
        // The turn's beginning was recorded before there was an execution to see it.
        Execution!.Apply(events[0]);
        Record(EventKind.ExecutionStarted);
        foreach (var (name, payload) in CarriedEvents.Deserialize(message.Failure))
        {
            if (!Execution.HasEnded) Record(EventKind.EventRaised, null, name, payload);
            // It continued as new before it heard of them all: the rest goes on to the next execution.
            else Execution.Keep(new HistoryEvent(EventKind.EventRaised, null, name, payload, null, instance.Now));
        }
    }

    private static EventKind EventOf(MessageKind kind) => kind switch
    {
        MessageKind.ActivityCompleted => EventKind.ActivityCompleted,
        MessageKind.ActivityFailed => EventKind.ActivityFailed,
        MessageKind.TimerFired => EventKind.TimerFired,
        MessageKind.EventRaised => EventKind.EventRaised,
        MessageKind.SubOrchestrationCompleted => EventKind.SubOrchestrationCompleted,
        MessageKind.SubOrchestrationFailed => EventKind.SubOrchestrationFailed,
        _ => throw new InvalidOperationException($"The inbox holds a message of the unknown kind {(short)kind}."),
    };

    private void Record(EventKind kind, int? taskId = null, string? name = null, string? payload = null, string? failure = null)
    {
        var happened = new HistoryEvent(kind, taskId, name, payload, failure, instance.Now);
        events.Add(happened);
        Execution?.Apply(happened);
    }

    private TurnResult Result()
    {
        if (outcome is TurnOutcome.Terminated or TurnOutcome.Failed) return Ended(outcome, []);
        if (Execution is null || events.Count == 0)
        {
            return new TurnResult
            {
                Instance = instance,
                Outcome = new TurnOutcome.Running(),
                Status = suspended ? InstanceStatus.Suspended : instance is { HistoryLength: 0, Execution: 1 } ? InstanceStatus.Pending : InstanceStatus.Running,
                Consumed = consumed,
                Settled = settled,
                Kept = [.. held.Where(message => message.Activity is not null)],
            };
        }
        var decisions = Execution.TakeDecisions();
        foreach (var decision in decisions) events.Add(new HistoryEvent(decision.Kind, decision.TaskId, decision.Name, null, null, instance.Now));
        outcome = Execution.Outcome();
        if (outcome is TurnOutcome.Completed or TurnOutcome.Failed) return Ended(outcome, decisions);
        return new TurnResult
        {
            Instance = instance,
            Outcome = outcome,
            Status = suspended ? InstanceStatus.Suspended : InstanceStatus.Running,
            Events = events,
            Decisions = outcome is TurnOutcome.Running && rewound ? [.. RewoundSteps.Again(Execution.TakeOpenSteps(), rewoundFor), .. decisions] : decisions,
            CancelledTimers = Execution.TakeCancelledTimers(),
            Consumed = consumed,
            Settled = settled,
            // What belongs to this execution ends with it.
            Kept = outcome is TurnOutcome.ContinuedAsNew ? [] : [.. held.Where(message => message.Activity is not null)],
            CustomStatus = Execution.CustomStatus,
        };
    }

    private TurnResult Fail(TaskFailureDetails details) => Ended(new TurnOutcome.Failed(details), []);

    private TurnResult Ended(TurnOutcome end, IReadOnlyList<Decision> decisions)
    {
        events.Add(new HistoryEvent(EventKind.ExecutionCompleted, null, end.GetType().Name, null, null, instance.Now));
        return new TurnResult
        {
            Instance = instance,
            Outcome = end,
            Status = end switch
            {
                TurnOutcome.Completed => InstanceStatus.Completed,
                TurnOutcome.Terminated => InstanceStatus.Terminated,
                _ => InstanceStatus.Failed,
            },
            Events = events,
            Decisions = decisions,
            Settled = settled,
            Recursive = recursive,
            CustomStatus = Execution?.CustomStatus ?? default,
        };
    }
}
