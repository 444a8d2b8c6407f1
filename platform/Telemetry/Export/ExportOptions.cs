using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Telemetry.Export;

/// <summary>Where traces, metrics and logs are sent by OpenTelemetry. Configuration section <c>Navi:Telemetry:Export</c>. Without an address nothing is sent.</summary>
public sealed class ExportOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Telemetry:Export";

    /// <summary>Address of an OTLP collector, such as <c>http://collector:4317</c>. Headers, such as keys, come from the variable <c>OTEL_EXPORTER_OTLP_HEADERS</c>. Default: none.</summary>
    [RegularExpression(@"^https?://[^\s@]+$", ErrorMessage = "Navi:Telemetry:Export:OtlpEndpoint must be an http or https address without credentials.")]
    public string? OtlpEndpoint { get; set; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>. Default <c>grpc</c>.</summary>
    [RegularExpression("^(grpc|http/protobuf)$", ErrorMessage = "Navi:Telemetry:Export:OtlpProtocol must be grpc or http/protobuf.")]
    public string OtlpProtocol { get; set; } = "grpc";

    /// <summary>Connection string of an Application Insights resource. Default: none.</summary>
    [RegularExpression(@"^\s*InstrumentationKey=.+$", ErrorMessage = "Navi:Telemetry:Export:AzureMonitorConnectionString must begin with InstrumentationKey=.")]
    public string? AzureMonitorConnectionString { get; set; }

    /// <summary>
    /// Who NAVI is to Application Insights: <c>entra</c> for the process's managed identity, which a resource without local authentication demands and which needs the role Monitoring Metrics
    /// Publisher there; <c>none</c> where the connection string suffices. Default <c>none</c>.
    /// </summary>
    [RegularExpression("^(entra|none)$", ErrorMessage = "Navi:Telemetry:Export:AzureMonitorIdentity must be entra or none.")]
    public string AzureMonitorIdentity { get; set; } = "none";

    /// <summary>Share of traces that are sent. All steps of a task are sent, or none. Default 1.</summary>
    [Range(0, 1, ErrorMessage = "Navi:Telemetry:Export:TraceShare must be from 0 to 1.")]
    public double TraceShare { get; set; } = 1;
}
