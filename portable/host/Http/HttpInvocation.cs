using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Navi.Portable.Host.Invocation;

namespace Navi.Portable.Host.Http;

/// <summary>Runs a function for one request and writes its result, as the Functions worker with ASP.NET Core integration does.</summary>
internal sealed partial class HttpInvocation(FunctionPipeline pipeline, DrainToken drain, IHostApplicationLifetime lifetime, ILogger<HttpInvocation> logger)
{
    private const string EventStream = "text/event-stream";

    public async Task AnswerAsync(HttpFunction function, HttpContext http)
    {
        await using var overdue = drain.Token.Register(http.Abort);
        await using var draining = lifetime.ApplicationStopping.Register(() => CutEventStream(http));
        var data = http.Request.RouteValues.ToDictionary(v => v.Key, v => v.Value, StringComparer.OrdinalIgnoreCase);
        var context = new PortableFunctionContext(function.Entry, Guid.NewGuid().ToString(), http.RequestServices, http.Request, data, http.RequestAborted);
        context.SetHttpContext(http);
        try
        {
            if (await pipeline.InvokeAsync(context) is IResult result)
                await result.ExecuteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            Interrupted(function.Entry.Name);
        }
        catch (BadHttpRequestException e) when (!http.Response.HasStarted)
        {
            await Results.Problem(statusCode: e.StatusCode, detail: e.Message).ExecuteAsync(http);
        }
        catch (Exception e)
        {
            Failed(function.Entry.Name, e);
            if (http.Response.HasStarted)
            {
                http.Abort();
                return;
            }
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    // An event stream would hold up the drain to its bound; its reader resumes elsewhere from the last event it saw.
    private static void CutEventStream(HttpContext http)
    {
        if (http.Response.ContentType?.StartsWith(EventStream, StringComparison.OrdinalIgnoreCase) == true)
            http.Abort();
    }

    [LoggerMessage(3101, LogLevel.Error, "Function {Function} failed")]
    private partial void Failed(string function, Exception exception);

    [LoggerMessage(3102, LogLevel.Debug, "Function {Function} was interrupted: the caller left or the host drains")]
    private partial void Interrupted(string function);
}
