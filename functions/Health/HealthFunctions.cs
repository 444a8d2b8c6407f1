using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Navi.Functions.Http;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Health;

/// <summary>Probes: alive at all, and able to do the work.</summary>
public sealed class HealthFunctions(Readiness readiness)
{
    /// <summary>The process answers.</summary>
    [Function(nameof(Healthz))]
    [Operation("Service", "The process answers.")]
    [Answers(200, "It does.", Body = typeof(HealthView), Example = """{"status":"alive"}""")]
    public static IResult Healthz([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "healthz")] HttpRequest request) =>
        Answer.Json(new HealthView("alive"));

    /// <summary>Database, durable runtime and disk are there; 503 with what each check found when one is not.</summary>
    [Function(nameof(Readyz))]
    [Operation("Service", "The service can do its work.", Details = "The checks are database (it answers and has this build's schema), runtime (the durable backend answers and this process's worker is alive) and disk (the workspaces can be written and have room). An outcome may be a second old.")]
    [Answers(200, "It can.", Body = typeof(ReadinessView), Example = """{"status":"ready","checks":{"database":{"status":"ok"},"disk":{"status":"ok"},"runtime":{"status":"ok"}}}""")]
    [Refuses(503, "not-ready", "Something that the work needs is missing; checks names it.")]
    public async Task<IResult> Readyz([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "readyz")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        var checks = await readiness.LookAsync(client).WaitAsync(request.HttpContext.RequestAborted);
        if (checks.Where(c => c.Value.Reason is not null).Select(c => $"{c.Key}: {c.Value.Reason}").ToList() is not { Count: > 0 } missing)
            return Answer.Json(new ReadinessView("ready", checks));
        request.HttpContext.Response.Headers.RetryAfter = "5";
        return new ProblemResult(503, Problem.Types + "not-ready", "NAVI can't do its work now.", string.Join(' ', missing), null) { Checks = checks };
    }
}
