using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Data;
using Npgsql;

namespace Navi.Functions.Health;

/// <summary>Probes: alive at all, and able to serve.</summary>
public sealed class HealthFunctions(NaviDatabase database)
{
    /// <summary>The process answers.</summary>
    [Function(nameof(Healthz))]
    [Operation("Service", "The process answers.")]
    [Answers(200, "It does.", Body = typeof(HealthView), Example = """{"status":"alive"}""")]
    public static IResult Healthz([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "healthz")] HttpRequest request) =>
        Answer.Json(new HealthView("alive"));

    /// <summary>The database answers too; 503 when it does not.</summary>
    [Function(nameof(Readyz))]
    [Operation("Service", "The service can do its work.")]
    [Answers(200, "It can.", Body = typeof(HealthView), Example = """{"status":"ready"}""")]
    [Refuses(503, "database-unavailable", "The database does not answer.")]
    public async Task<IResult> Readyz([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "readyz")] HttpRequest request)
    {
        try
        {
            await database.RunAsync(Scope.System, c => Task.CompletedTask, request.HttpContext.RequestAborted);
            return Answer.Json(new HealthView("ready"));
        }
        catch (NpgsqlException)
        {
            return Problem.Of(503, "database-unavailable", "The database does not answer.");
        }
    }
}
