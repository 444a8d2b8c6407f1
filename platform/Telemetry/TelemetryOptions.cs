using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Telemetry;

/// <summary>What NAVI records about itself. Configuration section <c>Navi:Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Telemetry";

    /// <summary>Organisation of what belongs to the installation and to nobody's work, such as the errors of timers. Default <c>local</c> in the Local environment, else <c>system</c>.</summary>
    [RegularExpression("^[A-Za-z0-9._-]{0,100}$", ErrorMessage = "Navi:Telemetry:Organisation must have up to 100 letters, digits, '.', '_' and '-'.")]
    public string Organisation { get; set; } = "";
}
