using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Navi.Functions.Http.Requests;

/// <summary>Gives each HTTP request its id and its place in the caller's trace (W3C Trace Context); outermost, so that refusals and failures have both.</summary>
internal sealed class RequestMiddleware(ILogger<RequestMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <summary>Source of the activities of HTTP functions.</summary>
    public const string SourceName = "Navi.Http";

    private static readonly ActivitySource Source = new(SourceName);

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
        using var activity = Source.StartActivity(context.FunctionDefinition.Name, ActivityKind.Server, parent);
        activity?.SetTag("http.request.method", http.Request.Method).SetTag("navi.request_id", id);
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["request_id"] = id });
        await next(context);
        activity?.SetTag("http.response.status_code", http.Response.StatusCode);
    }
}
