using Microsoft.Azure.Functions.Worker;
using Navi.Agent.Models.Metering;

namespace Navi.Functions.Models;

/// <summary>Every minute: closes model calls whose process died and prepares the coming months of their record.</summary>
public sealed class ModelMetricsFunction(LlmMetrics metrics)
{
    /// <summary>Runs once per schedule in the whole deployment.</summary>
    [Function(nameof(KeepModelMetrics))]
    public Task KeepModelMetrics([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellation) => metrics.KeepUpAsync(cancellation);
}
