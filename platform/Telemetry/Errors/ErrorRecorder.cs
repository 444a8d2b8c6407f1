using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>
/// Takes errors from wherever they happen. Recording costs no I/O and never fails; what does not fit is counted and dropped, and the count is recorded in its place. What clients tell of goes past the
/// queue, into room of its own: they can't fill the one that all others share. <see cref="ErrorWriter"/> writes them.
/// </summary>
public sealed class ErrorRecorder(TimeProvider time)
{
    /// <summary>Most reports that wait to be taken up.</summary>
    internal const int Capacity = 1_000;

    private static readonly object Mark = new();
    private readonly Channel<(DateTimeOffset At, ErrorReport Report)> reports = Channel.CreateBounded<(DateTimeOffset, ErrorReport)>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    // An exception that several layers see is one error, told by the first, which knows most.
    private readonly ConditionalWeakTable<Exception, object> told = [];
    private long dropped;

    internal ChannelReader<(DateTimeOffset At, ErrorReport Report)> Reports => reports.Reader;

    /// <summary>What waits to be written.</summary>
    internal ErrorBook Book { get; } = new();

    /// <summary>Takes an error, unless it is an exception that was taken before.</summary>
    public void Record(ErrorReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Exception is { } exception && !told.TryAdd(exception, Mark))
            return;
        if (report.FromClient)
            Book.TryAdd(time.GetUtcNow(), report);
        else if (!reports.Writer.TryWrite((time.GetUtcNow(), report)))
            Drop(1);
    }

    /// <summary>Counts errors that could not be kept.</summary>
    internal void Drop(long count) => Interlocked.Add(ref dropped, count);

    /// <summary>How many were dropped since the last look.</summary>
    internal long TakeDropped() => Interlocked.Exchange(ref dropped, 0);
}
