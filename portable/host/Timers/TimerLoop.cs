using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Navi.Portable.Host.Invocation;
using Npgsql;

namespace Navi.Portable.Host.Timers;

/// <summary>
/// Fires one timer in this process, one firing after another. An occurrence is claimed before it is fired: it runs at most once in the
/// cluster, and an occurrence whose process dies in between is not repeated.
/// </summary>
internal sealed partial class TimerLoop(
    TimerFunction timer, TimerFirings firings, FunctionPipeline pipeline, IServiceScopeFactory scopes, DrainToken drain, TimeProvider time, ILogger logger)
{
    // Bounded, so that a machine that slept or a moved clock is noticed.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PastDueAfter = TimeSpan.FromSeconds(1);
    private readonly string name = timer.Entry.Name;

    public async Task RunAsync(CancellationToken stopping)
    {
        DateTime? position = null;
        var started = false;
        var retry = TimeSpan.Zero;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!started && timer.RunOnStartup)
                    await FireAsync(await firings.NowAsync(stopping), await firings.LastAsync(name, stopping), pastDue: false);
                started = true;
                position ??= await FirstAsync(stopping);
                position = await ReachAsync(position.Value, stopping);
                if (retry > TimeSpan.Zero)
                    Recovered(name);
                retry = TimeSpan.Zero;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                if (retry == TimeSpan.Zero)
                    DatabaseGone(name, e);
                retry = retry == TimeSpan.Zero ? TimeSpan.FromMilliseconds(250) : TimeSpan.FromTicks(Math.Min(retry.Ticks * 2, LongestRetry.Ticks));
                await Task.Delay(retry, time, stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    /// <summary>The occurrence to begin with: the latest one that nobody fired while no process ran, else the next.</summary>
    private async Task<DateTime> FirstAsync(CancellationToken stopping)
    {
        var now = await firings.NowAsync(stopping);
        if (timer.UseMonitor && await firings.LastAsync(name, stopping) is { } last && timer.Schedule.LatestMissed(last, now) is { } missed)
            return missed;
        return timer.Schedule.After(now);
    }

    /// <summary>Waits for the occurrence, fires it when this process claims it, and returns the one after it.</summary>
    private async Task<DateTime> ReachAsync(DateTime occurrence, CancellationToken stopping)
    {
        var now = await firings.NowAsync(stopping);
        while (now < occurrence)
        {
            var wait = occurrence - now;
            await Task.Delay(wait < LongestWait ? wait + TimeSpan.FromMilliseconds(1) : LongestWait, time, stopping);
            now = await firings.NowAsync(stopping);
        }
        var last = await firings.LastAsync(name, stopping);
        if (await firings.ClaimAsync(name, occurrence, stopping))
        {
            await FireAsync(occurrence, last, now - occurrence > PastDueAfter);
            await firings.PruneAsync(name, occurrence, stopping);
        }
        var passed = await firings.NowAsync(stopping);
        return timer.Schedule.After(passed > occurrence ? passed : occurrence);
    }

    private async Task FireAsync(DateTime occurrence, DateTime? last, bool pastDue)
    {
        var info = new TimerInfo
        {
            IsPastDue = pastDue,
            ScheduleStatus = new ScheduleStatus { Last = last ?? default, Next = timer.Schedule.After(occurrence), LastUpdated = last ?? default },
        };
        await using var scope = scopes.CreateAsyncScope();
        var context = new PortableFunctionContext(timer.Entry, Guid.NewGuid().ToString(), scope.ServiceProvider, info, new Dictionary<string, object?>(), drain.Token);
        try
        {
            await pipeline.InvokeAsync(context);
        }
        catch (OperationCanceledException) when (drain.Token.IsCancellationRequested)
        {
            Interrupted(name);
        }
        catch (Exception e)
        {
            Failed(name, occurrence, e);
        }
    }

    [LoggerMessage(3201, LogLevel.Error, "Timer {Timer} failed at its occurrence {Occurrence:O}; the next one is not affected")]
    private partial void Failed(string timer, DateTime occurrence, Exception exception);

    [LoggerMessage(3202, LogLevel.Warning, "Timer {Timer} was interrupted by the drain")]
    private partial void Interrupted(string timer);

    [LoggerMessage(3203, LogLevel.Warning, "Timer {Timer} can't reach the database and keeps trying")]
    private partial void DatabaseGone(string timer, Exception exception);

    [LoggerMessage(3204, LogLevel.Information, "Timer {Timer} reaches the database again")]
    private partial void Recovered(string timer);
}
