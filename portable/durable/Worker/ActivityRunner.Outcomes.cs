using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Storage;

namespace Navi.Portable.Durable.Worker;

internal sealed partial class ActivityRunner
{
    /// <summary>Stores an outcome that was handed over in memory and not heard: it goes into its instance's inbox.</summary>
    public void StoreOutcome(InboxMessage message)
    {
        if (message.Activity is not { } id || !running.TryGetValue(id, out var call)) return;
        busy.Enter();
        _ = StoreAndForgetAsync(call, message.Payload, message.Failure);
    }

    private async Task StoreAndForgetAsync(RunningActivity call, string? result, string? failure)
    {
        try
        {
            await StoreAsync(call.Call, result, failure);
        }
        catch (Exception exception)
        {
            if (!abandoned.IsCancellationRequested) WorkerLog.LoopError(logger, exception);
        }
        finally
        {
            running.TryRemove(call.Call.ActivityId, out _);
            busy.Exit();
        }
    }

    private async Task StoreAsync(ClaimedActivity activity, string? result, string? failure)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var (stored, keeper) = await runtime.Activities.CompleteAsync(activity, worker, result, failure, abandoned);
                if (!stored) WorkerLog.ActivityFenced(logger, activity.Name, activity.InstanceId, activity.TaskId);
                // Not stored at a second try may mean stored at the first.
                if (keeper is null || keeper == worker) runtime.WakeOrchestrations();
                if ((keeper is not null && keeper != worker) || (!stored && attempt > 0)) runtime.Others.Set();
                return;
            }
            catch (Exception exception) when (!abandoned.IsCancellationRequested && DatabaseHealth.IsInfrastructure(exception))
            {
                // The work is done: its result is worth waiting for the database. A lost claim ends this, too.
                await runtime.Health.FailedAsync(exception, attempt, abandoned);
            }
            catch (Exception exception) when (!abandoned.IsCancellationRequested && failure is null)
            {
                // PostgreSQL does not take this text (too large): the call's failure, not the worker's.
                (result, failure) = (null, Failures.Serialize(ActivityExecution.Unstorable(activity, exception.GetType().ToString(), exception.Message)));
            }
        }
    }

    private async Task HandBackAsync(ClaimedActivity activity)
    {
        WorkerLog.ActivityHandedBack(logger, activity.Name, activity.InstanceId, activity.TaskId);
        if (abandoned.IsCancellationRequested) return;
        await runtime.Activities.ReleaseAsync([new ActivityClaim(activity.ActivityId, activity.Epoch)], worker, CancellationToken.None);
        runtime.Others.Set();
    }
}
