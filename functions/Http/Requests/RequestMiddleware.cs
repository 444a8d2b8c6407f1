using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Navi.Functions.OpenApi.Document;
using Navi.Functions.Tasks;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Functions.Http.Requests;

/// <summary>Gives each HTTP request its id and its place in the caller's trace (W3C Trace Context); outermost, so that refusals and failures have both.</summary>
internal sealed class RequestMiddleware(NaviMeters meters, TimeProvider time, ILogger<RequestMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <summary>Source of the activities of HTTP functions.</summary>
    public const string SourceName = "Navi.Http";

    // As nginx counts a caller who did not wait; no answer of ours has it.
    private const int ClosedByCaller = 499;

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly FrozenDictionary<string, HttpOperation> Operations = HttpOperation.All.DistinctBy(o => o.Name).ToFrozenDictionary(o => o.Name);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }
        var id = RequestId.Assign(http);
        // A header that is no trace context starts a trace of its own, as the recommendation asks for.
        ActivityContext.TryParse(http.Request.Headers.TraceParent, http.Request.Headers.TraceState, isRemote: true, out var parent);
        var activity = Source.StartActivity(context.FunctionDefinition.Name, ActivityKind.Server, parent);
        activity?.SetTag("http.request.method", http.Request.Method).SetTag("navi.request_id", id);
        var began = time.GetTimestamp();
        // The answer is written after the middleware, and later still on some hosts: only when it is out are its status and its time known.
        http.Response.OnCompleted(() =>
        {
            End(context.FunctionDefinition.Name, http, activity, time.GetElapsedTime(began));
            return Task.CompletedTask;
        });
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["request_id"] = id });
        await next(context);
    }

    private void End(string function, HttpContext http, Activity? activity, TimeSpan took)
    {
        var status = http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted ? ClosedByCaller : http.Response.StatusCode;
        var operation = Operations[function];
        activity?.SetTag("http.route", operation.Path).SetTag("http.response.status_code", status).Stop();
        meters.Add(MetricCatalogue.HttpRequests, 1, operation.Path, http.Request.Method, status.ToString(CultureInfo.InvariantCulture));
        // A stream is as long as its task: its time says nothing of the service.
        if (function != nameof(TaskEventsFunction.GetTaskEvents))
            meters.Record(MetricCatalogue.HttpDuration, took.TotalSeconds, operation.Path, http.Request.Method);
    }
}
