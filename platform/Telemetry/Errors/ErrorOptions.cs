using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Telemetry.Errors;

/// <summary>How long recorded errors are kept. Configuration section <c>Navi:Telemetry:Errors</c>.</summary>
public sealed class ErrorOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Telemetry:Errors";

    /// <summary>How long a group of errors is kept after it came last. Default 180 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00", ErrorMessage = "Navi:Telemetry:Errors:Keep must be from 1.00:00:00 to 3650.00:00:00.")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(180);

    /// <summary>Most groups that an organisation keeps of NAVI's own errors, and as many again of those that its clients tell of; over it those that came last the longest ago go. Default 10,000.</summary>
    [Range(100, 1_000_000, ErrorMessage = "Navi:Telemetry:Errors:MostGroups must be from 100 to 1000000.")]
    public int MostGroups { get; set; } = 10_000;
}
