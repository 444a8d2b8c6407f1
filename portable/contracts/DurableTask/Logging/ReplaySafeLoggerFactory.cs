using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

internal sealed class ReplaySafeLoggerFactory(TaskOrchestrationContext context, ILoggerFactory factory) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new ReplaySafeLogger(context, factory.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) =>
        throw new InvalidOperationException("Loggers of an orchestration take their providers from the application.");

    public void Dispose()
    {
        // The inner factory belongs to the application.
    }
}
