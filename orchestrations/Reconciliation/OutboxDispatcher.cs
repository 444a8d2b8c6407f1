using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Navi.Orchestrations.AgentTasks;
using Navi.Orchestrations.AgentTasks.Messages;
using Navi.Platform.Outbox;
using Navi.Platform.Tasks;
using Npgsql;

namespace Navi.Orchestrations.Reconciliation;

/// <summary>
/// Sends what rows ask for to the durable backend, after their commit. A message lost between the two is found open and sent again;
/// a message sent twice does nothing, because the orchestration reads the rows.
/// </summary>
public sealed partial class OutboxDispatcher(OutboxStore outbox, TaskStore tasks, TaskProgress progress, ILogger<OutboxDispatcher> logger)
{
    // Long enough for the first sending to be acknowledged, short enough that nobody waits long after a crash.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int BatchSize = 200;

    // A younger task may be between two steps.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(20);

    /// <summary>Sends one message now. A failure is noted and left to <see cref="ReconcileAsync"/>: the row is safe.</summary>
    /// <param name="client">The durable backend.</param>
    /// <param name="message">As it was written a moment ago; null does nothing.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task SendAsync(DurableTaskClient client, OutboxRow? message, CancellationToken cancellation)
    {
        if (message is null)
            return;
        try
        {
            await TrySendAsync(client, message, cancellation);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // The caller's own row is committed: an error here would invite it to ask a second time.
            LogLeftOpen(e, message.Id);
        }
    }

    /// <summary>Sends again what nobody has acknowledged. Returns how many messages were open.</summary>
    public async Task<int> ReconcileAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        var open = await outbox.OpenAsync(Patience, BatchSize, cancellation);
        foreach (var row in open)
            await TrySendAsync(client, row, cancellation);
        if (open.Count > 0)
            LogResent(open.Count);
        await CloseAbandonedAsync(client, cancellation);
        return open.Count;
    }

    /// <summary>A task whose orchestration has ended without saying so (terminated, or broken by an upgrade) must not stay open for ever.</summary>
    private async Task CloseAbandonedAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        foreach (var task in await tasks.UnfinishedAsync(Settled, BatchSize, cancellation))
        {
            if (await client.GetInstanceAsync(InstanceIds.Task(task), true, cancellation) is not { IsCompleted: true } ended)
                continue;
            // It may have come to its own end since the list was read: then that stands, and nothing was abandoned.
            if (await progress.FinishAsync(task, "failed", $"The orchestration ended as {ended.RuntimeStatus}: {ended.FailureDetails?.ErrorMessage ?? "no reason given"}", cancellation))
                LogAbandoned(task, ended.RuntimeStatus);
        }
    }

    private async Task TrySendAsync(DurableTaskClient client, OutboxRow row, CancellationToken cancellation)
    {
        try
        {
            await DeliverAsync(client, row, cancellation);
            await outbox.SentAsync(row.Id, null, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotSent(e, row.Id, row.Kind, row.InstanceId);
            await outbox.SentAsync(row.Id, e.Message, cancellation);
        }
    }

    private async Task DeliverAsync(DurableTaskClient client, OutboxRow row, CancellationToken cancellation)
    {
        // Backends differ in what a second start or an event to nobody does, so both are looked up first.
        var instance = await client.GetInstanceAsync(row.InstanceId, cancellation);
        if (row.Kind == "start")
        {
            if (instance is null)
                await client.ScheduleNewOrchestrationInstanceAsync(
                    nameof(AgentTask), new AgentTaskInput(row.TaskId), new StartOrchestrationOptions(row.InstanceId), cancellation);
        }
        else if (instance is { IsCompleted: true })
        {
            await outbox.CloseAsync(row.Id, "the orchestration had ended", cancellation);
        }
        else if (instance is null)
        {
            throw new InvalidOperationException($"There is no orchestration {row.InstanceId}.");
        }
        else
        {
            await client.RaiseEventAsync(row.InstanceId, row.EventName!, null, cancellation);
        }
    }

    [LoggerMessage(3311, LogLevel.Information, "Sent {Count} unacknowledged message(s) to the durable backend again.")]
    private partial void LogResent(int count);

    [LoggerMessage(3313, LogLevel.Warning, "Message {Id} could not be sent now; it stays open and is sent again.")]
    private partial void LogLeftOpen(Exception exception, long id);

    [LoggerMessage(3314, LogLevel.Error, "Task {Task} was open although its orchestration is {Status}; it is closed as failed.")]
    private partial void LogAbandoned(Guid task, OrchestrationRuntimeStatus status);

    [LoggerMessage(3312, LogLevel.Warning, "Message {Id} ({Kind} to {InstanceId}) was not sent; it stays open and is sent again.")]
    private partial void LogNotSent(Exception exception, long id, string kind, string instanceId);
}
