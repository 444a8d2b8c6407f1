using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Telemetry;

/// <summary>What NAVI records and tells about itself. Configuration section <c>Navi:Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Telemetry";

    /// <summary>In place of an organisation where none runs the installation; no token can be of it.</summary>
    internal const string Nobody = "(installation)";

    /// <summary>Metrics are counted and kept. Without them <c>/metrics</c> answers 404 and nothing is exported. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Organisation that runs this installation. What belongs to nobody's work, such as the errors of timers, is recorded under it, and its operators may read what concerns all organisations,
    /// such as <c>/metrics</c>. Default <c>local</c> in the Local environment, else none: then nobody may.
    /// </summary>
    [RegularExpression(@"^([A-Za-z0-9._-]{0,100}|\(installation\))$", ErrorMessage = "Navi:Telemetry:Organisation must have up to 100 letters, digits, '.', '_' and '-'.")]
    public string Organisation { get; set; } = "";

    /// <summary>Seconds between two additions of this process's counts to the installation's totals. Default 10.</summary>
    [Range(1, 60, ErrorMessage = "Navi:Telemetry:FlushSeconds must be from 1 to 60.")]
    public int FlushSeconds { get; set; } = 10;

    /// <summary>US dollars that model calls may cost in a day before somebody is told; it stops nothing. Default 0: no target.</summary>
    [Range(0, 1_000_000, ErrorMessage = "Navi:Telemetry:DailyCostTargetUsd must be from 0 to 1000000.")]
    public decimal DailyCostTargetUsd { get; set; }
}
