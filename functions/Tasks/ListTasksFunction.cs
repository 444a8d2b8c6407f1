using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Functions.Tasks;

/// <summary>GET /v1/tasks.</summary>
public sealed class ListTasksFunction(TaskStore tasks)
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;
    private const string States = "queued running waiting finished";
    private const string Endings =
        "completed completed_unverified verification_failed iteration_limit time_limit budget_exhausted rejected expired refused cancelled failed loop_detected";

    private static readonly string[] Known = ["status", "stop_reason", "provider", "user", "repository", "created_after", "created_before", "limit", "cursor"];

    /// <summary>Newest first. The cursor is the last task of the page before, so tasks that come meanwhile move nothing.</summary>
    [Function(nameof(ListTasks))]
    [Operation("Tasks", "Lists the organisation's tasks, newest first.")]
    [Query("status", "Only tasks in this state.", Values = States)]
    [Query("stop_reason", "Only tasks that ended so.", Values = Endings)]
    [Query("provider", "Only tasks that name this provider.", Example = "auto")]
    [Query("user", "Only tasks that this user asked for.", Example = "ada")]
    [Query("repository", "Only tasks on this repository, as it was named.", Example = "https://git.example.com/tools/calc.git")]
    [Query("created_after", "Only tasks asked for at this moment or later.", Format = "date-time", Example = "2026-01-01T00:00:00Z")]
    [Query("created_before", "Only tasks asked for before this moment.", Format = "date-time", Example = "2026-02-01T00:00:00Z")]
    [Query("limit", "Most tasks of a page.", Type = "integer", Minimum = 1, Maximum = LargestPage, Default = "50")]
    [Query("cursor", "The value of next from the page before.")]
    [Answers(200, "A page.", Body = typeof(Page<TaskView>), Example = TaskExamples.Page)]
    [Refuses(422, "invalid", "A parameter is unknown or has a value that is not accepted; field names it.")]
    public async Task<IResult> ListTasks([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/tasks")] HttpRequest request, FunctionContext context)
    {
        var query = new QueryReader(request);
        query.Only(Known);
        var wanted = new TaskQuery(
            query.OneOf("status", States.Split(' ')), query.OneOf("stop_reason", Endings.Split(' ')), query.Text("provider"), query.Text("user"), query.Text("repository"),
            query.Moment("created_after"), query.Moment("created_before"));
        var limit = query.Limit(UsualPage, LargestPage);
        var rows = await tasks.ListAsync(Scope.Of(AccessMiddleware.PrincipalOf(context).Organisation), wanted, query.Cursor(), limit + 1, request.HttpContext.RequestAborted);
        return Answer.Json(Page<TaskView>.Of(rows, limit, TaskView.Of, r => r.Id.ToString()));
    }
}
