using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Agent.Tools;
using Navi.Agent.Tools.Checking;
using Navi.Functions.Http;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.Tools;

/// <summary>Lists and tries the agent's tools.</summary>
public sealed class ToolFunctions(ToolCatalogue catalogue, ToolCheck check)
{
    /// <summary>GET /v1/tools: what the agent may call, by name.</summary>
    [Function(nameof(ListTools))]
    [Operation("Tools", "The tools that the agent may call, with what they do to the world and the schema of their arguments.")]
    [Answers(200, "The tools, by name.", Body = typeof(ToolListView))]
    public IResult ListTools([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/tools")] HttpRequest request) => Answer.Json(new ToolListView(catalogue.List()));

    /// <summary>POST /v1/tools/check: runs every tool; 200 with the outcome, whether all work or not.</summary>
    [Function(nameof(CheckTools))]
    [Operation("Tools", "Runs every tool on a small repository of its own and says which really work here.", Details = "One check runs at a time and takes seconds; a report that is younger than a minute is given again.")]
    [Answers(200, "The outcome, whether all tools work or not.", Body = typeof(ToolCheckReport), Example = """{"at":"2026-01-31T08:00:00Z","registered":46,"runnable":46,"tested":46,"problems":[]}""")]
    public async Task<IResult> CheckTools([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/tools/check")] HttpRequest request) =>
        Answer.Json(await check.RunAsync(request.HttpContext.RequestAborted));
}
