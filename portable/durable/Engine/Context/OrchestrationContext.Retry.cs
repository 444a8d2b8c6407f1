using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Engine;

internal sealed partial class OrchestrationContext
{
    private Task<T> WithRetry<T>(Func<Task<T>> call, TaskOptions? options) => options?.Retry is { } retry ? RetryAsync(call, retry) : call();

    private async Task<T> RetryAsync<T>(Func<Task<T>> call, TaskRetryOptions retry)
    {
        var started = CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failure)
            {
                // A name that nobody knows does not become known by asking again.
                if (failure.FailureDetails.ErrorType is Failures.ActivityNotFound or Failures.OrchestratorNotFound) throw;
                if (retry.Policy is { } policy)
                {
                    if (attempt >= policy.MaxNumberOfAttempts || !await MayRetryAsync(policy, failure)) throw;
                    var pause = PauseAfter(attempt, policy);
                    if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && CurrentUtcDateTime - started + pause >= policy.RetryTimeout) throw;
                    await CreateTimer(pause, CancellationToken.None);
                }
                else
                {
                    var context = new RetryContext(this, attempt, failure.FailureDetails, CurrentUtcDateTime - started, CancellationToken.None);
                    if (!await retry.Handler!(context)) throw;
                }
            }
        }
    }

    private static async Task<bool> MayRetryAsync(RetryPolicy policy, Exception failure) =>
        policy.Handle(failure) && (policy.HandleAsync is null || await policy.HandleAsync(failure));

    private static TimeSpan PauseAfter(int attempt, RetryPolicy policy)
    {
        var ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return ticks >= policy.MaxRetryInterval.Ticks ? policy.MaxRetryInterval : TimeSpan.FromTicks((long)ticks);
    }
}
