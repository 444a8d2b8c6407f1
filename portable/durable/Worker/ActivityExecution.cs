using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

/// <summary>Runs the code of an activity call and turns what comes of it into text.</summary>
internal sealed class ActivityExecution(DurableRuntime runtime, DurableTaskCatalog catalog, IServiceProvider services)
{
    private readonly ILogger logger = runtime.Loggers.CreateLogger("Navi.Portable.Durable.Activities");

    /// <summary>The failure of a call whose result the database does not take.</summary>
    public static TaskFailureDetails Unstorable(ClaimedActivity activity, string type, string message) =>
        Failures.Create(type, $"The result of activity '{activity.Name}' can't be stored: {message}");

    /// <summary>Null when the call was broken off because its token fired.</summary>
    public async Task<ActivityOutcome?> RunAsync(ClaimedActivity activity, CancellationToken cancellationToken)
    {
        if (catalog.FindActivity(activity.Name) is not { } run)
            return Failed(Failures.Create(Failures.ActivityNotFound, $"No activity task named '{activity.Name}' was found."));
        try
        {
            // It may have waited for its place, and be somebody else's by now.
            cancellationToken.ThrowIfCancellationRequested();
            var input = await InputAsync(activity, cancellationToken);
            await using var scope = services.CreateAsyncScope();
            var context = new ActivityContext(activity.Name, activity.InstanceId, activity.Version);
            var output = await run(scope.ServiceProvider, context, input, cancellationToken);
            var result = runtime.Options.DataConverter.Serialize(output);
            return result is not null && result.Contains('\0')
                ? Failed(Unstorable(activity, typeof(ArgumentException).FullName!, "It contains the character U+0000."))
                : new ActivityOutcome(result, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception)
        {
            var failure = Failures.From(exception);
            WorkerLog.ActivityFailed(logger, activity.Name, activity.InstanceId, activity.TaskId, failure.ErrorType);
            return Failed(failure);
        }
    }

    // The database being away is no failure of the call's.
    private async ValueTask<string?> InputAsync(ClaimedActivity activity, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await runtime.Activities.InputAsync(activity, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested && DatabaseHealth.IsInfrastructure(exception))
            {
                await runtime.Health.FailedAsync(exception, attempt, cancellationToken);
            }
        }
    }

    private static ActivityOutcome Failed(TaskFailureDetails details) => new(null, Failures.Serialize(details));
}
