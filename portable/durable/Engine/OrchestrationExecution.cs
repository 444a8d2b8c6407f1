using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Navi.Portable.Durable.Engine;

/// <summary>
/// One execution of an orchestrator, alive in memory: its coroutine, its context and how much of its history it has seen.
/// Used by one turn at a time.
/// </summary>
internal sealed class OrchestrationExecution : IAsyncDisposable
{
    private readonly TurnScheduler scheduler = new();
    private readonly OrchestrationContext context;
    private readonly OrchestratorDelegate run;
    private readonly DataConverter converter;
    private readonly AsyncServiceScope scope;
    private Task<object?>? coroutine;

    public OrchestrationExecution(
        InstanceIdentity identity, OrchestratorDelegate run, IServiceProvider services, DataConverter converter, ILoggerFactory loggers, string defaultVersion = "")
    {
        this.run = run;
        this.converter = converter;
        scope = services.CreateAsyncScope();
        context = new OrchestrationContext(identity, converter, scheduler, loggers) { DefaultVersion = defaultVersion };
    }

    /// <summary>Rows of history that this execution has recorded or replayed.</summary>
    public int HistoryLength { get; private set; }

    public bool HasEnded => coroutine is { IsCompleted: true };

    public (bool Changed, string? Value) CustomStatus => context.CustomStatus;

    /// <summary>Brings a new execution to where its history ends. Throws <see cref="NonDeterminismException"/> when the code goes another way.</summary>
    public void Replay(IReadOnlyList<HistoryEvent> history)
    {
        Replay(history, RewoundSteps.Ignored(history));
        context.CheckNothingUnmatched();
        if (HasEnded)
            throw new NonDeterminismException($"the orchestrator '{context.Name}' ended when replayed, where its history goes on after {history.Count} events.");
        context.TakeCancelledTimers();
    }

    /// <summary>Whether the step has no outcome yet.</summary>
    public bool Awaits(int taskId) => context.IsOpen(taskId);

    /// <summary>
    /// Brings a new execution of an instance that has ended to where it is to go on, passing over some of its history. What it asks for
    /// beyond that history are decisions of the turn to come. Throws as <see cref="Replay(IReadOnlyList{HistoryEvent})"/> does.
    /// </summary>
    public void ReplayToRewind(IReadOnlyList<HistoryEvent> history, IReadOnlySet<int> ignored)
    {
        context.Matched = [];
        Replay(history, ignored);
        context.TakeCancelledTimers();
    }

    /// <summary>The decisions that <see cref="ReplayToRewind"/> found in the history, by step.</summary>
    public IReadOnlyDictionary<int, Decision> Matched => context.Matched ?? [];

    /// <summary>Those of <see cref="Matched"/> whose outcome is still to come; empties it.</summary>
    public IReadOnlyList<Decision> TakeOpenSteps() => context.TakeOpenSteps();

    public void BeginTurn() => context.Replaying = false;

    /// <summary>Lets the orchestrator see one event, recorded or new, and run as far as it gets.</summary>
    public void Apply(HistoryEvent happened)
    {
        HistoryLength++;
        switch (happened.Kind)
        {
            case EventKind.TurnStarted:
                context.CheckNothingUnmatched();
                context.Now = happened.At;
                break;
            case EventKind.Rewound:
                // What was asked for since the last turn began stands after this event.
                context.Now = happened.At;
                break;
            case EventKind.ExecutionStarted:
                scheduler.Run(() => coroutine = StartAsync());
                break;
            case EventKind.ActivityCompleted or EventKind.TimerFired or EventKind.SubOrchestrationCompleted:
                Settle(happened, task => task.Complete(happened.Payload));
                break;
            case EventKind.ActivityFailed or EventKind.SubOrchestrationFailed:
                Settle(happened, task => task.Fail(new TaskFailedException(happened.Name!, happened.TaskId!.Value, Failures.Deserialize(happened.Failure!))));
                break;
            case EventKind.EventRaised:
                scheduler.Run(() => context.Events.Deliver(happened));
                break;
            case EventKind.ActivityScheduled or EventKind.TimerCreated or EventKind.SubOrchestrationScheduled or EventKind.EventSent:
                context.Match(happened);
                break;
        }
    }

    /// <summary>Keeps an event that this execution ended too early to see, to be carried on.</summary>
    public void Keep(HistoryEvent raised) => context.Events.Keep(raised);

    /// <summary>What the turn has decided, recorded as history by the caller; empties the list.</summary>
    public IReadOnlyList<Decision> TakeDecisions()
    {
        var decisions = context.TakeDecisions();
        HistoryLength += decisions.Count;
        return decisions;
    }

    public IReadOnlyList<int> TakeCancelledTimers() => context.TakeCancelledTimers();

    /// <summary>How the orchestrator stands now; asked once at the end of a turn.</summary>
    public TurnOutcome Outcome()
    {
        if (scheduler.SawIllegalAwait || (!HasEnded && !context.HasOpenWork))
            return new TurnOutcome.Failed(Failures.From(new InvalidOperationException(TurnScheduler.IllegalAwait)));
        if (!HasEnded) return new TurnOutcome.Running();
        try
        {
            var output = coroutine!.GetAwaiter().GetResult();
            return context.Continuation is { } next
                ? new TurnOutcome.ContinuedAsNew(next.Input, next.Version, next.PreserveUnprocessedEvents ? [.. context.Events.Unprocessed] : [])
                : new TurnOutcome.Completed(converter.Serialize(output));
        }
        catch (Exception exception)
        {
            return new TurnOutcome.Failed(Failures.From(exception));
        }
    }

    public ValueTask DisposeAsync() => scope.DisposeAsync();

    private void Replay(IReadOnlyList<HistoryEvent> history, IReadOnlySet<int> ignored)
    {
        context.Replaying = true;
        for (var position = 1; position <= history.Count; position++)
        {
            if (ignored.Contains(position)) HistoryLength++;
            else Apply(history[position - 1]);
        }
    }

    private void Settle(HistoryEvent happened, Action<OpenTask> outcome) => scheduler.Run(() => context.Settle(happened.TaskId!.Value, outcome));

    private Task<object?> StartAsync()
    {
        try
        {
            return run(scope.ServiceProvider, context);
        }
        catch (Exception exception)
        {
            return Task.FromException<object?>(exception);
        }
    }
}
