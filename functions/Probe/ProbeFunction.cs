using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Navi.Orchestrations.Probe;

namespace Navi.Functions.Probe;

/// <summary>Every five minutes: gives NAVI a tiny task and measures it, where Navi:Probe:Repository names a repository.</summary>
public sealed class ProbeFunction(SyntheticProbe probe)
{
    /// <summary>Runs once per schedule in the whole deployment.</summary>
    [Function(nameof(RunProbe))]
    public Task RunProbe([TimerTrigger("10 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) => probe.RunAsync(client, cancellation);
}
