using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Navi.Orchestrations.AgentTasks;
using Navi.Orchestrations.AgentTasks.Messages;
using Navi.Platform.Outbox;

namespace Navi.Orchestrations.Reconciliation;

/// <summary>
/// Sends what rows ask for to the durable backend, after their commit. A message lost between the two is found open and sent again;
/// a message sent twice does nothing, because the orchestration reads the rows.
/// </summary>
public sealed partial class OutboxDispatcher(OutboxStore outbox, ILogger<OutboxDispatcher> logger)
{
    // Long enough for the first sending to be acknowledged, short enough that nobody waits long after a crash.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int BatchSize = 200;

    /// <summary>Sends one message now. A failure is noted and left to <see cref="ReconcileAsync"/>: the row is safe.</summary>
    public async Task SendAsync(DurableTaskClient client, long message, CancellationToken cancellation)
    {
        if (message != 0 && await outbox.FindAsync(message, cancellation) is { } row)
            await TrySendAsync(client, row, cancellation);
    }

    /// <summary>Sends again what nobody has acknowledged. Returns how many messages were open.</summary>
    public async Task<int> ReconcileAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        var open = await outbox.OpenAsync(Patience, BatchSize, cancellation);
        foreach (var row in open)
            await TrySendAsync(client, row, cancellation);
        if (open.Count > 0)
            LogResent(open.Count);
        return open.Count;
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

    [LoggerMessage(3101, LogLevel.Information, "Sent {Count} unacknowledged message(s) to the durable backend again.")]
    private partial void LogResent(int count);

    [LoggerMessage(3102, LogLevel.Warning, "Message {Id} ({Kind} to {InstanceId}) was not sent; it stays open and is sent again.")]
    private partial void LogNotSent(Exception exception, long id, string kind, string instanceId);
}
