using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Agent.Costs;
using Navi.Agent.Models.Catalogue;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Data;

namespace Navi.Functions.Costs;

/// <summary>What model calls have cost.</summary>
public sealed class CostFunctions(CostReports costs, ModelCatalogue models, TimeProvider time)
{
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(30);

    /// <summary>GET /v1/costs?since=&amp;until=&amp;group=: the caller's organisation; the last 30 days by day when nothing is said.</summary>
    [Function(nameof(GetCosts))]
    [Operation("Models", "What model calls of the organisation have cost.")]
    [Query("since", "First moment.", Format = "date-time", Example = "2026-01-01T00:00:00Z")]
    [Query("until", "End of the span; now without it.", Format = "date-time", Example = "2026-02-01T00:00:00Z")]
    [Query("group", "What a line is about.", Values = "day model provider user task", Default = "day")]
    [Answers(200, "The lines and their sum.", Body = typeof(CostView))]
    [Refuses(422, "invalid", "A parameter has a value that is not accepted; field names it.")]
    public async Task<IResult> GetCosts([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/costs")] HttpRequest request, FunctionContext context)
    {
        var query = new QueryReader(request);
        query.Only("since", "until", "group");
        var group = query.OneOf("group", CostReports.Groups) ?? "day";
        var until = query.Moment("until") ?? time.GetUtcNow().UtcDateTime;
        var since = query.Moment("since") ?? until - DefaultSpan;
        if (since >= until)
            return Problem.Invalid("since", $"The span from {since:u} until {until:u} is empty.", "Give a 'since' before 'until'.");
        var report = await costs.ReadAsync(Scope.Of(AccessMiddleware.PrincipalOf(context).Organisation), since, until, group, request.HttpContext.RequestAborted);
        return Answer.Json(new CostView(group, since, until, "USD", report.Items, report.Total, report.IsCut, new PriceOriginView(models.PriceDate, models.PriceSource)));
    }
}
