using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Navi.Platform.Hosting;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Logs;
using Navi.Platform.Telemetry.Metrics;
using Navi.Platform.Telemetry.Tracing;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Navi.Platform.Telemetry.Export;

/// <summary>Sends traces, metrics and logs by OpenTelemetry, to an OTLP collector, to Application Insights or to both.</summary>
internal static class ExportRegistration
{
    // The sources and meters of the layers above and beside this one; a test compares them with the code.
    internal static readonly string[] Sources = ["Navi.Http", TaskTrace.SourceName, ModelSource];
    internal static readonly string[] Meters = [NaviMeters.MeterName, "Navi.Durable", ModelSource, "Npgsql"];

    private const string ModelSource = "Navi.Models";

    // The conventions' own bounds double from 0.01 to 81.92 and have none at 5 seconds, where the objective lies.
    private static readonly double[] ModelSeconds = [.. Buckets.Call];

    /// <summary>Adds the options, and the exporters where an address is configured.</summary>
    public static IServiceCollection AddExport(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(ExportOptions.Section);
        services.AddOptions<ExportOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        var given = section.Get<ExportOptions>() ?? new ExportOptions();
        if (given is { OtlpEndpoint: null or "", AzureMonitorConnectionString: null or "" })
            return services;
        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("navi", serviceVersion: NaviVersion.Text))
            .WithTracing(t => Traces(t, given))
            .WithMetrics(m => Metrics(m, given))
            // Without scopes: the processor that cleans the records brings them, clean as well.
            .WithLogging(l => Logs(l, given), o => (o.IncludeFormattedMessage, o.IncludeScopes) = (true, false));
        return services.AddSingleton<LogScopes>().AddSingleton<ILoggerProvider>(p => p.GetRequiredService<LogScopes>());
    }

    private static void Traces(TracerProviderBuilder traces, ExportOptions given)
    {
        // The sender's own wish does not count beyond our share: a task's steps begin with a made-up parent, whose trace id decides alone.
        traces.AddSource(Sources).SetSampler(new TaskSampler(given.TraceShare));
        if (given.OtlpEndpoint is { Length: > 0 })
            traces.AddOtlpExporter(o => Otlp(o, given, "v1/traces"));
        if (given.AzureMonitorConnectionString is { Length: > 0 } azure)
            traces.AddAzureMonitorTraceExporter(o => Azure(o, given, azure));
    }

    private static void Metrics(MeterProviderBuilder metrics, ExportOptions given)
    {
        metrics.AddMeter(Meters)
            .AddView("gen_ai.client.operation.duration", new ExplicitBucketHistogramConfiguration { Boundaries = ModelSeconds })
            .AddView("gen_ai.client.operation.time_to_first_chunk", new ExplicitBucketHistogramConfiguration { Boundaries = ModelSeconds });
        if (given.OtlpEndpoint is { Length: > 0 })
            metrics.AddOtlpExporter(o => Otlp(o, given, "v1/metrics"));
        if (given.AzureMonitorConnectionString is { Length: > 0 } azure)
            metrics.AddAzureMonitorMetricExporter(o => Azure(o, given, azure));
    }

    private static void Logs(LoggerProviderBuilder logs, ExportOptions given)
    {
        // Before any exporter: what it sends is already clean.
        logs.AddProcessor(p => new RedactingProcessor(p.GetRequiredService<LogScopes>()));
        if (given.OtlpEndpoint is { Length: > 0 })
            logs.AddOtlpExporter(o => Otlp(o, given, "v1/logs"));
        if (given.AzureMonitorConnectionString is { Length: > 0 } azure)
            logs.AddAzureMonitorLogExporter(o => Azure(o, given, azure));
    }

    internal static void Azure(AzureMonitorExporterOptions options, ExportOptions given, string connection)
    {
        options.ConnectionString = connection;
        // The same identity as for the metrics: AZURE_CLIENT_ID names it where there are several.
        if (given.AzureMonitorIdentity == "entra")
            options.Credential = new DefaultAzureCredential();
    }

    // An address set by hand is taken as it is: over HTTP each signal has its own path below it.
    private static void Otlp(OtlpExporterOptions options, ExportOptions given, string path)
    {
        var isGrpc = given.OtlpProtocol == "grpc";
        options.Protocol = isGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = isGrpc ? new Uri(given.OtlpEndpoint!) : new Uri($"{given.OtlpEndpoint!.TrimEnd('/')}/{path}");
    }
}
