using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Functions.Telemetry;

/// <summary>GET /metrics: the installation's metrics in the text format of Prometheus.</summary>
public sealed class MetricsFunction(Operators operators, IServiceProvider services)
{
    /// <summary>The same totals from whichever process answers; gauges of every process, told apart by the label instance.</summary>
    [Function(nameof(GetMetrics))]
    [Operation("Service", "The installation's metrics for Prometheus.", Details = "They concern all organisations, so only operators of the installation's own organisation may read them (Navi:Telemetry:Organisation; in Local it is `local`). docs/MONITORING.md lists them.")]
    [Answers(200, "The metrics, in text format 0.0.4.", MediaType = "text/plain")]
    [Refuses(403, "forbidden", "The caller is an operator of an organisation that does not run this installation.")]
    [Refuses(404, "not-found", "Metrics are switched off.")]
    public async Task<IResult> GetMetrics([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "metrics")] HttpRequest request, FunctionContext context)
    {
        var caller = AccessMiddleware.PrincipalOf(context);
        if (!operators.Include(caller.Organisation))
            return Problem.Of(403, "forbidden", $"'{caller.User}' may not read what concerns all organisations.", "The setting Navi:Telemetry:Organisation names the organisation whose operators may.");
        return services.GetService<MetricReport>() is { } report
            ? Results.Text(await report.WriteAsync(request.HttpContext.RequestAborted), MetricReport.MediaType)
            : Problem.Of(404, "not-found", "Metrics are switched off.", "Navi:Telemetry:Enabled is false.");
    }
}
