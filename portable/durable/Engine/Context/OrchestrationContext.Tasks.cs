using System.Text.Json;
using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Engine;

internal sealed partial class OrchestrationContext
{
    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        scheduler.CheckThread();
        return WithRetry(() => ScheduleActivity<TResult>(name, input, options), options);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        scheduler.CheckThread();
        return WithRetry(() => ScheduleSubOrchestration<TResult>(orchestratorName, input, options), options);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        scheduler.CheckThread();
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        var id = nextTask++;
        var timer = new OpenTask<object?>(converter);
        Decide(new TimerDecision(id, CeilingToMicrosecond(fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : fireAt)));
        open.Add(id, timer);
        if (!cancellationToken.CanBeCanceled) return timer.Task;
        return Registered(timer, cancellationToken.Register(() => OnTurnThread(() => CancelTimer(id, cancellationToken))));
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        scheduler.CheckThread();
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var wait = new OpenTask<T>(converter);
        if (Events.TryTake(eventName, out var raised))
        {
            wait.Complete(raised!.Payload);
            return wait.Task;
        }
        Events.Await(eventName, wait);
        if (!cancellationToken.CanBeCanceled) return wait.Task;
        return Registered(wait, cancellationToken.Register(() => OnTurnThread(() =>
        {
            Events.Forget(eventName, wait);
            wait.Cancel(cancellationToken);
        })));
    }

    private static async Task<T> Registered<T>(OpenTask<T> task, CancellationTokenRegistration registration)
    {
        // Without this, a token that outlives the wait would keep it and everything that it references.
        try
        {
            return await task.Task;
        }
        finally
        {
            registration.Unregister();
        }
    }

    /// <summary>Times are stored in microseconds: rounded up, so that a timer never fires before its time.</summary>
    private static DateTime CeilingToMicrosecond(DateTime time)
    {
        var excess = time.Ticks % TimeSpan.TicksPerMicrosecond;
        var utc = DateTime.SpecifyKind(time, DateTimeKind.Utc);
        return excess == 0 || utc > DateTime.MaxValue.AddMilliseconds(-1) ? utc : utc.AddTicks(TimeSpan.TicksPerMicrosecond - excess);
    }

    private Task<TResult> ScheduleActivity<TResult>(TaskName name, object? input, TaskOptions? options)
    {
        var id = nextTask++;
        Decide(new ActivityDecision(id, name.Name, options?.Version?.Version ?? string.Empty, converter.Serialize(input)));
        return Open<TResult>(id);
    }

    private Task<TResult> ScheduleSubOrchestration<TResult>(TaskName name, object? input, TaskOptions? options)
    {
        var sub = options as SubOrchestrationOptions;
        var version = (sub is null ? options?.Version : sub.Version)?.Version ?? DefaultVersion;
        var tags = options?.Tags is { Count: > 0 } given ? JsonSerializer.Serialize(given) : null;
        var instanceId = string.IsNullOrEmpty(sub?.InstanceId) ? NewGuid().ToString("n") : sub.InstanceId;
        var id = nextTask++;
        Decide(new SubOrchestrationDecision(id, name.Name, version, instanceId, converter.Serialize(input), tags));
        return Open<TResult>(id);
    }

    private Task<TResult> Open<TResult>(int id)
    {
        var task = new OpenTask<TResult>(converter);
        open.Add(id, task);
        return task.Task;
    }

    private void CancelTimer(int id, CancellationToken cancellationToken)
    {
        if (!open.Remove(id, out var timer)) return;
        if (pending.TryGetValue(id, out var decision)) ((TimerDecision)decision).Cancelled = true;
        else cancelledTimers.Add(id);
        timer.Cancel(cancellationToken);
    }

    private void OnTurnThread(Action action)
    {
        // A cancellation from outside of the turn: throwing here would end the process, so it is only remembered.
        if (scheduler.IsTurnThread) action();
        else scheduler.MarkIllegal();
    }
}
