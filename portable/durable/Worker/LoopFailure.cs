using Microsoft.Extensions.Logging;

namespace Navi.Portable.Durable.Worker;

internal static class LoopFailure
{
    /// <summary>A loop never ends by an error: it waits and goes on. The database's failures are logged once per change, others each time.</summary>
    public static async Task HandleAsync(DatabaseHealth health, ILogger logger, Exception exception, int attempt, CancellationToken cancellationToken)
    {
        if (!DatabaseHealth.IsInfrastructure(exception)) WorkerLog.LoopError(logger, exception);
        try
        {
            await health.FailedAsync(exception, attempt, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The loop looks at its token itself.
        }
    }
}
