namespace Navi.Portable.Durable.Engine;

/// <summary>Which failures of an ended instance's history are taken back, and the orchestrator as it stands without them.</summary>
internal sealed class RewindPlan
{
    // Bounds the time of a turn: an older failure that is left standing can be taken back by rewinding again.
    private const int MostTrials = 100;

    private readonly IReadOnlyList<HistoryEvent> history;
    private readonly IReadOnlySet<int> before;
    private readonly Func<OrchestrationExecution> build;

    private RewindPlan(IReadOnlyList<HistoryEvent> history, OrchestrationExecution first, Func<OrchestrationExecution> build)
    {
        this.history = history;
        this.build = build;
        before = RewoundSteps.Ignored(history);
        Execution = first;
        first.ReplayToRewind(history, before);
    }

    /// <summary>Replayed, and ready for the rewinding turn.</summary>
    public OrchestrationExecution Execution { get; private set; }

    /// <summary>Positions of the failures that are taken back, counted from 1.</summary>
    public IReadOnlyCollection<int> Ignored { get; private set; } = [];

    /// <summary>
    /// A failure that the orchestrator has dealt with stays: without it the orchestrator would not ask for what its history says it
    /// asked for next. So all failures are tried together, and when that goes another way one by one, the last one first.
    /// Throws <see cref="NonDeterminismException"/> when the code does not even go the way of the whole history.
    /// </summary>
    /// <param name="first">An execution that has seen nothing.</param>
    /// <param name="build">Makes more of them.</param>
    public static RewindPlan Make(IReadOnlyList<HistoryEvent> history, OrchestrationExecution first, Func<OrchestrationExecution> build)
    {
        var plan = new RewindPlan(history, first, build);
        int[] failures = [.. Enumerable.Range(1, history.Count).Reverse().Where(plan.IsOpenFailure)];
        if (failures.Length == 0 || plan.TryAlso(failures) || failures.Length == 1) return plan;
        foreach (var failure in failures.Take(MostTrials)) plan.TryAlso([failure]);
        return plan;
    }

    private bool IsOpenFailure(int position) =>
        history[position - 1].Kind is EventKind.ActivityFailed or EventKind.SubOrchestrationFailed && !before.Contains(position);

    private bool TryAlso(IReadOnlyCollection<int> failures)
    {
        var trial = build();
        int[] ignored = [.. Ignored, .. failures];
        if (!GoesTheSameWay(trial, [.. before, .. ignored]))
        {
            Drop(trial);
            return false;
        }
        Drop(Execution);
        (Execution, Ignored) = (trial, ignored);
        return true;
    }

    /// <summary>Names are compared by every replay; here inputs, too, or the outcome of a step could become that of another one of the same name.</summary>
    private bool GoesTheSameWay(OrchestrationExecution trial, HashSet<int> ignored)
    {
        try
        {
            trial.ReplayToRewind(history, ignored);
        }
        catch (NonDeterminismException)
        {
            return false;
        }
        return Execution.Matched.All(step => trial.Matched.TryGetValue(step.Key, out var decision) && decision.AsksTheSameAs(step.Value));
    }

    // A turn is synchronous; what an orchestrator's scope holds has nothing to wait for at its end.
    private static void Drop(OrchestrationExecution execution) => execution.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
