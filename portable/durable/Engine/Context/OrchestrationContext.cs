using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Navi.Portable.Durable.Engine;

/// <summary>The context of one execution: turns calls into decisions, and history into completed tasks.</summary>
internal sealed partial class OrchestrationContext : TaskOrchestrationContext
{
    private readonly InstanceIdentity identity;
    private readonly DataConverter converter;
    private readonly TurnScheduler scheduler;
    private readonly SortedDictionary<int, Decision> pending = [];
    private readonly Dictionary<int, OpenTask> open = [];
    private readonly List<int> cancelledTimers = [];
    private int nextTask;
    private int nextGuid;

    public OrchestrationContext(InstanceIdentity identity, DataConverter converter, TurnScheduler scheduler, ILoggerFactory loggers)
    {
        this.identity = identity;
        this.converter = converter;
        this.scheduler = scheduler;
        LoggerFactory = loggers;
    }

    public override TaskName Name => identity.Name;

    public override string InstanceId => identity.InstanceId;

    public override ParentOrchestrationInstance? Parent => identity.Parent;

    public override string Version => identity.Version;

    public override DateTime CurrentUtcDateTime => Now;

    public override bool IsReplaying => Replaying;

    protected override ILoggerFactory LoggerFactory { get; }

    /// <summary>The turn's time; set by the execution.</summary>
    internal DateTime Now { get; set; }

    internal bool Replaying { get; set; }

    /// <summary>Version of sub-orchestrations that are started without one.</summary>
    internal string DefaultVersion { get; init; } = string.Empty;

    internal ExternalEvents Events { get; } = new();

    /// <summary>When given, keeps what <see cref="Match"/> has matched, by step.</summary>
    internal Dictionary<int, Decision>? Matched { get; set; }

    internal ContinueAsNewRequest? Continuation { get; private set; }

    internal (bool Changed, string? Value) CustomStatus { get; private set; }

    /// <summary>Whether anything durable can still wake the orchestrator.</summary>
    internal bool HasOpenWork => open.Count > 0 || Events.HasWaits;

    public override T? GetInput<T>()
        where T : default => converter.Deserialize<T>(identity.Input);

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        scheduler.CheckThread();
        Decide(new SendEventDecision(nextTask++, eventName, instanceId, converter.Serialize(payload)));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        scheduler.CheckThread();
        CustomStatus = (true, converter.Serialize(customStatus));
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        Continue(newInput, preserveUnprocessedEvents, null);

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Continue(options.NewInput, options.PreserveUnprocessedEvents, options.NewVersion);
    }

    public override Guid NewGuid()
    {
        scheduler.CheckThread();
        return NameBasedGuid.Create($"{identity.InstanceId}|{identity.Incarnation}|{identity.Execution}|{nextGuid++}");
    }

    internal object? GetInput(Type type) => converter.Deserialize(identity.Input, type);

    /// <summary>Takes the decision that history says was made; anything else is non-determinism.</summary>
    internal void Match(HistoryEvent recorded)
    {
        var id = recorded.TaskId!.Value;
        var expected = $"its history has, as step {id}, {Decision.Describe(recorded.Kind, recorded.Name)}";
        if (!pending.Remove(id, out var decision))
            throw new NonDeterminismException($"{expected}, which the orchestrator '{identity.Name}' did not ask for when replayed.");
        // Names are the same in any case: that of an event, an activity and an orchestrator.
        if (decision.Kind != recorded.Kind || !string.Equals(decision.Name, recorded.Name, StringComparison.OrdinalIgnoreCase))
            throw new NonDeterminismException($"{expected}, but the orchestrator '{identity.Name}' asked for {decision} when replayed.");
        Matched?.Add(id, decision);
    }

    internal void CheckNothingUnmatched()
    {
        if (pending.Count == 0) return;
        throw new NonDeterminismException($"the orchestrator '{identity.Name}' asked for {pending.First().Value} when replayed, which its history does not have there.");
    }

    internal IReadOnlyList<Decision> TakeDecisions()
    {
        Decision[] decisions = [.. pending.Values];
        pending.Clear();
        return decisions;
    }

    /// <summary>Matched steps whose outcome is still to come, in the order they were asked for; no more is kept of what was matched.</summary>
    internal IReadOnlyList<Decision> TakeOpenSteps()
    {
        Decision[] steps = [.. (Matched ?? []).Where(step => open.ContainsKey(step.Key)).OrderBy(step => step.Key).Select(step => step.Value)];
        Matched = null;
        return steps;
    }

    internal IReadOnlyList<int> TakeCancelledTimers()
    {
        int[] cancelled = [.. cancelledTimers];
        cancelledTimers.Clear();
        return cancelled;
    }

    internal bool IsOpen(int taskId) => open.ContainsKey(taskId);

    /// <summary>Hands a step's outcome to whoever waits for it; nobody does when it was cancelled.</summary>
    internal void Settle(int taskId, Action<OpenTask> outcome)
    {
        if (open.Remove(taskId, out var task)) outcome(task);
    }

    private void Continue(object? input, bool preserve, string? version)
    {
        scheduler.CheckThread();
        Continuation = new ContinueAsNewRequest(converter.Serialize(input), preserve, version);
    }

    private void Decide(Decision decision) => pending.Add(decision.TaskId, decision);
}
