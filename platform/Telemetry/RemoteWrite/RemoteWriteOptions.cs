using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Telemetry.RemoteWrite;

/// <summary>Where the installation's metrics are sent once a minute where no Prometheus can scrape them, such as from a function app. Configuration section <c>Navi:Telemetry:RemoteWrite</c>.</summary>
public sealed class RemoteWriteOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Telemetry:RemoteWrite";

    /// <summary>
    /// Address that takes Prometheus' remote write, such as an Azure Monitor workspace's metrics ingestion endpoint or a Prometheus' <c>/api/v1/write</c>; https, on this machine also http. Default: none, and nothing is sent.
    /// </summary>
    [RegularExpression(@"^(https://|http://(localhost|127\.0\.0\.1|\[::1\])[:/])[^\s@]+$", ErrorMessage = "Navi:Telemetry:RemoteWrite:Endpoint must be an https address (http only on this machine) without credentials.")]
    public string? Endpoint { get; set; }

    /// <summary>Who NAVI is there: <c>entra</c> for the process's managed identity, <c>none</c> for a receiver that asks nobody. Default <c>entra</c>.</summary>
    [RegularExpression("^(entra|none)$", ErrorMessage = "Navi:Telemetry:RemoteWrite:Identity must be entra or none.")]
    public string Identity { get; set; } = "entra";

    /// <summary>What the identity's token is for. Default <c>https://monitor.azure.com/.default</c>, Azure Monitor in the public cloud.</summary>
    [Required(ErrorMessage = "Navi:Telemetry:RemoteWrite:Scope must not be empty.")]
    public string Scope { get; set; } = "https://monitor.azure.com/.default";
}
