using Navi.Testing;

namespace Navi.Functions.Tests.Tasks.Events;

/// <summary>A clock that moves when it is told to.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private TimeSpan now = TimeSpan.FromDays(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (gate)
            return now.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            var timer = new Timer(this, callback, state, dueTime == Timeout.InfiniteTimeSpan ? null : now + dueTime);
            timers.Add(timer);
            return timer;
        }
    }

    /// <summary>Waits until something waits for exactly this long.</summary>
    public Task IsWaitedForAsync(TimeSpan due) => Wait.UntilAsync(
        () =>
        {
            lock (gate)
                return Task.FromResult(timers.Any(t => t.Due == now + due));
        }, () => $"nothing waits for {due}");

    public void Advance(TimeSpan by)
    {
        List<Timer> due;
        lock (gate)
        {
            now += by;
            due = [.. timers.Where(t => t.Due <= now)];
            due.ForEach(t => t.Due = null);
        }
        due.ForEach(t => t.Fire());
    }

    private sealed class Timer(ManualTime owner, TimerCallback callback, object? state, TimeSpan? due) : ITimer
    {
        public TimeSpan? Due { get; set; } = due;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner.gate)
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : owner.now + dueTime;
            return true;
        }

        public void Dispose()
        {
            lock (owner.gate)
                owner.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
