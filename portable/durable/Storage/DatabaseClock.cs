using System.Diagnostics;

namespace Navi.Portable.Durable.Storage;

/// <summary>
/// The database's time without asking for it: its last answer and what has gone by since on this machine's monotonic clock. It is behind
/// by the way of an answer and never ahead of the database by more than two clocks drift apart within <see cref="GoodFor"/>.
/// </summary>
internal sealed class DatabaseClock
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(10);
    private volatile Answer? last;

    /// <summary>Now by the database, UTC; null when its last answer is too old.</summary>
    public DateTime? Now => last is { } answer && Stopwatch.GetElapsedTime(answer.Stamp) is var since && since < GoodFor ? answer.Time + since : null;

    /// <summary>Notes a time that the database just told; an answer that was longer on its way than another tells nothing new.</summary>
    public void Saw(DateTime time)
    {
        if (Now is not { } known || time > known) last = new Answer(time, Stopwatch.GetTimestamp());
    }

    private sealed record Answer(DateTime Time, long Stamp);
}
