using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;
using Navi.Portable.Durable.Worker;

namespace Navi.Portable.Durable.Client;

/// <summary>The client over PostgreSQL. Every call is committed when it returns.</summary>
internal sealed class PortableDurableTaskClient(DurableRuntime runtime) : DurableTaskClient("portable")
{
    private static readonly TimeSpan FirstWaitPoll = TimeSpan.FromMilliseconds(50);

    private readonly ClientStore store = new(runtime.DataSource, runtime.Connections);
    private readonly QueryStore queries = new(runtime.DataSource, runtime.Connections);
    private readonly PurgeStore purges = new(runtime.DataSource);
    private readonly EndedStore ended = new(runtime.DataSource);

    private DataConverter Converter => runtime.Options.DataConverter;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        CheckText(orchestratorName.Name, nameof(orchestratorName));
        var id = string.IsNullOrEmpty(options?.InstanceId) ? Guid.NewGuid().ToString("n") : options.InstanceId;
        CheckText(id, nameof(options));
        if (options?.Version is null && runtime.Options.DefaultVersion.Length > 0) options = (options ?? new StartOrchestrationOptions()) with { Version = runtime.Options.DefaultVersion };
        // This process's worker has it from the beginning when it may begin now.
        var here = options?.StartAt is null && runtime.Here is { } turns && turns.Takes(options?.Version?.Version ?? string.Empty) ? turns : null;
        var text = Converter.Serialize(input);
        here?.Making();
        try
        {
            if (await store.StartAsync(id, orchestratorName.Name, text, options, here?.Worker, cancellation) is not { } started)
            {
                runtime.AnnounceMessages();
                return id;
            }
            runtime.Clock.Saw(started.Instance.Now);
            here!.Adopt(started.Instance, [started.Start]);
            return id;
        }
        finally
        {
            here?.Made();
        }
    }

    public override async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        CheckText(eventName, nameof(eventName));
        await SendAsync(instanceId, MessageKind.EventRaised, eventName, Converter.Serialize(eventPayload), cancellation);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, MessageKind.Suspend, null, null, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, MessageKind.Resume, null, null, cancellation);

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, MessageKind.Terminate, options is { Recursive: true } ? "recursive" : null, Converter.Serialize(options?.Output), cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        CheckText(instanceId, nameof(instanceId));
        return await queries.FindAsync(instanceId, getInputsAndOutputs ? Converter : null, cancellation);
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        if (query.TaskHubNames?.Any() == true) throw new NotSupportedException("A database of this runtime has no task hubs: leave TaskHubNames empty.");
        return Pageable.Create<OrchestrationMetadata>((token, size, cancellation) => queries.ListAsync(
            query with { ContinuationToken = token ?? query.ContinuationToken, PageSize = size ?? query.PageSize },
            query.FetchInputsAndOutputs ? Converter : null,
            cancellation));
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, found => found.RuntimeStatus != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, found => found.IsCompleted, getInputsAndOutputs, cancellation);

    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        CheckText(instanceId, nameof(instanceId));
        return new PurgeResult(await purges.PurgeAsync([instanceId], null, options is { Recursive: true }, cancellation), true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        const int batch = 500;
        var started = runtime.Time.GetTimestamp();
        for (var purged = 0; ;)
        {
            var ids = await purges.FindEndedAsync(filter, batch, cancellation);
            if (ids.Count > 0) purged += await purges.PurgeAsync(ids, filter.Statuses, options is { Recursive: true }, cancellation);
            if (ids.Count < batch) return new PurgeResult(purged, true);
            if (filter.Timeout is { } bound && runtime.Time.GetElapsedTime(started) >= bound) return new PurgeResult(purged, false);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It has not ended, and is to keep its id.</exception>
    public override async Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        CheckId(instanceId);
        var newId = restartWithNewInstanceId ? Guid.NewGuid().ToString("n") : instanceId;
        var status = await ended.RestartAsync(instanceId, newId, cancellation) ?? throw Unknown(instanceId);
        if (!restartWithNewInstanceId && !IsEnd(status))
            throw new InvalidOperationException($"The orchestration '{instanceId}' has not ended ({status}): only one that has can be restarted under its own id.");
        runtime.AnnounceMessages();
        return newId;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">It has not failed.</exception>
    public override async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        CheckId(instanceId);
        if (reason is not null) CheckText(reason, nameof(reason));
        var status = await ended.RewindAsync(instanceId, reason, cancellation) ?? throw Unknown(instanceId);
        if (status != OrchestrationRuntimeStatus.Failed)
            throw new InvalidOperationException($"The orchestration '{instanceId}' has not failed ({status}): only one that has can be rewound.");
        runtime.AnnounceMessages();
    }

    public override Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null, DateTimeOffset? completedTimeFrom = null, DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize, string? lastInstanceKey = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        return queries.ListEndedAsync(runtimeStatus, completedTimeFrom, completedTimeTo, pageSize, lastInstanceKey, cancellation);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static bool IsEnd(OrchestrationRuntimeStatus status) =>
        status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    // The type that Microsoft's client throws from these calls.
    private static ArgumentException Unknown(string instanceId) => new($"There is no orchestration with the instance id '{instanceId}'.", nameof(instanceId));

    private static void CheckId(string instanceId)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        CheckText(instanceId, nameof(instanceId));
    }

    private static void CheckText(string text, string parameter)
    {
        if (text.Contains('\0')) throw new ArgumentException("The character U+0000 can't be stored.", parameter);
    }

    private async Task SendAsync(string instanceId, MessageKind kind, string? name, string? payload, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        CheckText(instanceId, nameof(instanceId));
        // Taken before the message is: what comes between makes the turn read the inbox itself.
        var kept = runtime.Here?.Find(instanceId);
        var ticket = kept?.Ticket();
        // What a suspended one holds is not read for every message.
        var look = ticket is not null && kept!.Claim.Status != InstanceStatus.Suspended;
        var sent = await store.SendAsync(instanceId, kind, name, payload, look, cancellation);
        if (sent.Status is not { } status) throw new KeyNotFoundException($"There is no orchestration with the instance id '{instanceId}'.");
        if (status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated)
            throw new InvalidOperationException($"The orchestration '{instanceId}' has ended ({status}).");
        runtime.Clock.Saw(sent.Now);
        if (sent.Keeper is { } keeper && keeper != runtime.Here?.Worker)
        {
            runtime.AnnounceMessages(keeper);
            return;
        }
        if (ticket is { } then && sent.Inbox is { } inbox && runtime.Here?.TryTellInbox(kept!, then, inbox) is true) return;
        if (runtime.Here?.Address(instanceId) is not true) runtime.AnnounceMessages(sent.Keeper);
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationMetadata, bool> reached, bool payloads, CancellationToken cancellation)
    {
        try
        {
            for (var pause = FirstWaitPoll; ; pause = pause * 2 < runtime.Options.PollInterval ? pause * 2 : runtime.Options.PollInterval)
            {
                var change = runtime.Waiters.Next(instanceId);
                // What this process keeps it hears of without looking; where it ends here, it need not look at all.
                if (runtime.Here?.Find(instanceId) is { } kept && !reached(new OrchestrationMetadata(kept.Claim.Name, instanceId) { RuntimeStatus = (OrchestrationRuntimeStatus)kept.Claim.Status }))
                {
                    var (claim, lives) = (kept.Claim.Key, !kept.IsEnding);
                    await EitherAsync(change, runtime.Options.PollInterval);
                    if (change.IsCompleted && await change is { } end && lives && !payloads && end.Claim == claim && reached(end.Instance)) return end.Instance;
                    if (change.IsCompleted) continue;
                }
                var found = await GetInstancesAsync(instanceId, payloads, cancellation)
                    ?? throw new KeyNotFoundException($"There is no orchestration with the instance id '{instanceId}'.");
                if (reached(found)) return found;
                // A change in this process wakes at once; one in another process is found by looking, ever more slowly.
                await EitherAsync(change, pause);
            }
        }
        finally
        {
            // Others that wait for the same instance look once too often; nothing stays behind.
            runtime.Waiters.Changed(instanceId);
        }

        async Task EitherAsync(Task change, TimeSpan most)
        {
            await Task.WhenAny(change, Task.Delay(most, runtime.Time, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
