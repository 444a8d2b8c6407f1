using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using Navi.Functions.Http.Requests;
using Navi.Functions.Identity;
using Navi.Platform.Security.Identity;
using Navi.Platform.Telemetry.Errors;
using Npgsql;

namespace Navi.Functions.Http;

/// <summary>Turns what went wrong in an HTTP function into a problem document, once, at the edge.</summary>
internal sealed partial class ErrorMiddleware(ErrorRecorder errors, ILogger<ErrorMiddleware> logger) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }
        try
        {
            await next(context);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            context.GetInvocationResult().Value = Answer(context, http, e is AggregateException { InnerExceptions: [var only] } ? only : e);
        }
    }

    private IResult Answer(FunctionContext context, HttpContext http, Exception e)
    {
        if (e is ProblemException problem)
            return problem.Problem;
        if (e is IdentityUnavailableException)
        {
            Record(context, http, e, ErrorSeverity.Warning);
            http.Response.Headers.RetryAfter = "5";
            return Problem.Of(503, "identity-unavailable", "The issuer of this token does not answer, so nobody can tell whether the token is good.", "Try again in a few seconds.");
        }
        if (e is BadHttpRequestException bad)
            return Problem.Of(bad.StatusCode, "malformed", "The request can't be read.", bad.Message);
        if (e is TimeoutException || IsOfDatabase(e))
        {
            Record(context, http, e, ErrorSeverity.Error);
            LogUnavailable(e, context.FunctionDefinition.Name);
            http.Response.Headers.RetryAfter = "5";
            return Problem.Of(503, "database-unavailable", "The database does not answer.", "Nothing was lost. Try again in a few seconds.");
        }
        Record(context, http, e, ErrorSeverity.Error);
        LogUnexpected(e, context.FunctionDefinition.Name);
        return Problem.Of(500, "internal", "NAVI failed to serve the request.", "The log of this process names the cause.");
    }

    private void Record(FunctionContext context, HttpContext http, Exception e, string severity)
    {
        var principal = AccessMiddleware.FindPrincipal(context);
        errors.Record(ErrorReport.Of("http", context.FunctionDefinition.Name, e) with { Severity = severity, Organisation = principal?.Organisation, User = principal?.User, Request = RequestId.Of(http) });
    }

    // Libraries wrap what the database said. What it refuses for a reason of its own, such as wrong SQL, is no outage.
    private static bool IsOfDatabase(Exception? e) => e switch
    {
        null => false,
        PostgresException refused => refused.IsTransient || refused.SqlState[..2] is "08" or "25" or "53" or "57" or "58",
        NpgsqlException => true,
        _ => IsOfDatabase(e.InnerException),
    };

    [LoggerMessage(4101, LogLevel.Warning, "{Function}: the database does not answer.")]
    private partial void LogUnavailable(Exception exception, string function);

    [LoggerMessage(4102, LogLevel.Error, "{Function} failed.")]
    private partial void LogUnexpected(Exception exception, string function);
}
