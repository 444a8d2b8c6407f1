using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Orchestrations.Probe;
using Navi.Platform.Telemetry;

namespace Navi.Functions.Probe;

/// <summary>Gives NAVI a tiny task and measures it, where Navi:Probe:Repository names a repository: by the clock, and when an operator asks.</summary>
public sealed class ProbeFunction(SyntheticProbe probe, Operators operators)
{
    /// <summary>Runs every five minutes, once per schedule in the whole deployment.</summary>
    [Function(nameof(RunProbe))]
    public Task RunProbe([TimerTrigger("10 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) => probe.RunAsync(client, cancellation);

    /// <summary>POST /v1/probe: runs it now; 200 with the outcome, whether it succeeded or not.</summary>
    [Function(nameof(StartProbe))]
    [Operation("Service", "Runs the synthetic probe now and waits for its end.", Details = "It counts like the probe's runs by the clock. It takes at most Navi:Probe:Patience; a caller who stops waiting leaves its task to end by itself, uncounted.")]
    [Answers(200, "The outcome, whether the probe succeeded or not.", Body = typeof(ProbeResult), Example = """{"outcome":"ok","seconds":1.9,"task":"0197a3c4-0000-7000-8000-000000000001","said":"The tests pass.","ok":true}""")]
    [Refuses(403, "forbidden", "The caller is an operator of an organisation that does not run this installation.")]
    [Refuses(404, "not-found", "No probe is configured.")]
    public async Task<IResult> StartProbe(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/probe")] HttpRequest request, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        var caller = AccessMiddleware.PrincipalOf(context);
        if (!operators.Include(caller.Organisation))
            return Problem.Of(403, "forbidden", $"'{caller.User}' may not run what concerns the whole installation.", "The setting Navi:Telemetry:Organisation names the organisation whose operators may.");
        return await probe.RunAsync(client, request.HttpContext.RequestAborted) is { } result
            ? Answer.Json(result)
            : Problem.Of(404, "not-found", "No probe is configured.", "The setting Navi:Probe:Repository names the repository whose tests it runs.");
    }
}
