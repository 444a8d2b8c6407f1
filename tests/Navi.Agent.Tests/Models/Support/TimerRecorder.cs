using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Navi.Agent.Tests.Models.Support;

/// <summary>A clock that stands, and tells which timers were set.</summary>
internal sealed class TimerRecorder() : FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero))
{
    public ConcurrentQueue<TimeSpan> Timers { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Timers.Enqueue(dueTime);
        return timer;
    }
}
