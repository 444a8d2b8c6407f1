using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Navi.Orchestrations.Reconciliation;

namespace Navi.Functions.Reconciliation;

/// <summary>Every 15 seconds: sends again what the durable backend has not acknowledged.</summary>
public sealed class ReconcileFunction(OutboxDispatcher dispatcher)
{
    /// <summary>Runs once per schedule in the whole deployment.</summary>
    [Function(nameof(Reconcile))]
    public Task Reconcile([TimerTrigger("*/15 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        dispatcher.ReconcileAsync(client, cancellation);
}
