using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Telemetry.Performance;

/// <summary>Roll-ups of what calls, tasks and gates took. Configuration section <c>Navi:Telemetry:Performance</c>.</summary>
public sealed class PerformanceOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Telemetry:Performance";

    /// <summary>How long roll-ups are kept. Default 400 days.</summary>
    [Range(typeof(TimeSpan), "31.00:00:00", "3650.00:00:00", ErrorMessage = "Navi:Telemetry:Performance:Keep must be from 31.00:00:00 to 3650.00:00:00.")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(400);
}
