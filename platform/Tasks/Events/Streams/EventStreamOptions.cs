using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Tasks.Events.Streams;

/// <summary>Bounds of the event streams that this process serves. Configuration section <c>Navi:EventStreams</c>.</summary>
public sealed class EventStreamOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:EventStreams";

    /// <summary>Most open event streams of this process; over it the answer is 503. Default 1,000.</summary>
    [Range(1, 100_000, ErrorMessage = "Navi:EventStreams:MaxStreams must be from 1 to 100000.")]
    public int MaxStreams { get; set; } = 1_000;

    /// <summary>Most open event streams of one user in this process; over it the answer is 429. Default 250.</summary>
    [Range(1, 100_000, ErrorMessage = "Navi:EventStreams:MaxStreamsPerUser must be from 1 to 100000.")]
    public int MaxStreamsPerUser { get; set; } = 250;

    /// <summary>Time between two looks at the database for new events, one look for all streams of this process. Default 150 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10", ErrorMessage = "Navi:EventStreams:PollInterval must be from 10 milliseconds to 10 seconds.")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(150);
}
