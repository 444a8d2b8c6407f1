using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Security.People;

namespace Navi.Functions.Identity.Users;

/// <summary>The people of the caller's organisation who sign in at NAVI's own issuer.</summary>
public sealed class UserFunctions(UserStore users)
{
    private const int UsualPage = 100;
    private const int LargestPage = 500;
    private const int LongestId = 200;
    private const string One =
        """{"id":"ada","name":"Ada Example","roles":["caller","approver"],"roles_from":"admin","created_at":"2026-01-31T08:00:00Z","disabled_at":null,"signed_in_at":"2026-01-31T08:10:00Z"}""";

    /// <summary>GET /v1/users.</summary>
    [Function(nameof(ListUsers))]
    [Operation("Identity", "Lists the organisation's people who sign in at NAVI's own issuer, by id.")]
    [Query("limit", "Most people of a page.", Type = "integer", Minimum = 1, Maximum = LargestPage, Default = "100")]
    [Query("after", "Only people whose id comes after this one: the last id of the page before.", MaxLength = LongestId)]
    [Answers(200, "A page.", Body = typeof(UserPage), Example = $$"""{"items":[{{One}}]}""")]
    [Refuses(422, "invalid", "A parameter has a value that is not accepted; field names it.")]
    public async Task<IResult> ListUsers([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/users")] HttpRequest request, FunctionContext context)
    {
        var query = new QueryReader(request);
        query.Only("limit", "after");
        var limit = query.Limit(UsualPage, LargestPage);
        var rows = await users.ListAsync(AccessMiddleware.PrincipalOf(context).Organisation, query.Text("after"), limit + 1, request.HttpContext.RequestAborted);
        var page = rows.Take(limit).ToList();
        return Answer.Json(new UserPage([.. page.Select(UserView.Of)], rows.Count > limit ? page[^1].Id : null));
    }

    /// <summary>PUT /v1/users/{user}: an administrator's word on somebody's roles stands over the issuer's. Disabling ends every sign-in.</summary>
    [Function(nameof(PutUser))]
    [Operation("Identity", "Says which roles somebody has, and whether they may sign in.", Details =
        "The person need not have been here. Tokens carry new roles with their next renewal, at the latest when the access token ends; disabling ends every sign-in, and access tokens within ten seconds. It binds sign-ins at NAVI's own issuer; tokens of other issuers are theirs to end.")]
    [RouteValue("user", "The user's id.", MaxLength = LongestId, Example = "ada")]
    [Body(typeof(PutUserRequest), """{"roles":["caller","approver"],"disabled":false}""")]
    [Answers(200, "The user.", Body = typeof(UserView), Example = One)]
    [Refuses(422, "invalid", "A member has a value that is not accepted; field names it.")]
    public async Task<IResult> PutUser([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/users/{user}")] HttpRequest request, string user, FunctionContext context)
    {
        var (body, _) = await RequestBody.ReadAsync<PutUserRequest>(request);
        if (string.IsNullOrWhiteSpace(user) || user.Length > LongestId || user.Any(char.IsControl))
            return Problem.Invalid("user", $"'{Problem.Shown(user)}' is no user id.", $"1 to {LongestId} characters, none of them a control character.");
        if (RoleList.Invalid(body.Roles, atLeast: 0) is { } invalid)
            return invalid;
        var caller = AccessMiddleware.PrincipalOf(context);
        if (user == caller.User && body.Disabled)
            return Problem.Invalid("disabled", "Nobody disables themselves.", "Let another administrator do it.");
        return Answer.Json(UserView.Of(await users.PutAsync(caller.Organisation, user, body.Roles!, body.Disabled, caller.User, request.HttpContext.RequestAborted)));
    }
}
