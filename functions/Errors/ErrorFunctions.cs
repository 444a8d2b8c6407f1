using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Description;
using Navi.Functions.OpenApi.Examples;
using Navi.Platform.Data;
using Navi.Platform.Security.Redaction;
using Navi.Platform.Telemetry.Errors;

namespace Navi.Functions.Errors;

/// <summary>Recorded errors: what there is, and who has mended it.</summary>
public sealed class ErrorFunctions(ErrorStore errors)
{
    private const int UsualPage = 50;
    private const int LargestPage = 200;
    private const int LongestNote = 2_000;
    private const string Severities = "info warning error critical";

    private static readonly string[] Known = ["resolved", "severity", "component", "since", "limit", "cursor"];

    /// <summary>GET /v1/errors: the group that came last first. The cursor is where the page before ended.</summary>
    [Function(nameof(ListErrors))]
    [Operation("Errors", "Lists the organisation's errors by groups, the most recent first.", Details = "A group is what has the same type, component, operation and way through the code. One that comes again moves to the front.")]
    [Query("resolved", "Only groups that are resolved, or only open ones.", Values = "true false")]
    [Query("severity", "Only groups of this severity.", Values = Severities)]
    [Query("component", "Only groups of this part of NAVI.", Example = "models")]
    [Query("since", "Only groups that came at this moment or later.", Format = "date-time", Example = "2026-01-01T00:00:00Z")]
    [Query("limit", "Most groups of a page.", Type = "integer", Minimum = 1, Maximum = LargestPage, Default = "50")]
    [Query("cursor", "The value of next from the page before.")]
    [Answers(200, "A page.", Body = typeof(Page<ErrorView>), Example = ErrorExamples.Page)]
    [Refuses(422, "invalid", "A parameter is unknown or has a value that is not accepted; field names it.")]
    public async Task<IResult> ListErrors([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/errors")] HttpRequest request, FunctionContext context)
    {
        var query = new QueryReader(request);
        query.Only(Known);
        var resolved = query.OneOf("resolved", ["true", "false"]);
        var wanted = new ErrorQuery(resolved is null ? null : resolved == "true", query.OneOf("severity", Severities.Split(' ')), query.Text("component"), query.Moment("since"));
        var limit = query.Limit(UsualPage, LargestPage);
        var rows = await errors.ListAsync(Scope.Of(AccessMiddleware.PrincipalOf(context).Organisation), wanted, query.Cursor(ErrorCursor.Of), limit + 1, request.HttpContext.RequestAborted);
        return Answer.Json(Page<ErrorView>.Of(rows, limit, ErrorView.Of, r => new ErrorCursor(r.LastSeen, r.Id).Text));
    }

    /// <summary>GET /v1/errors/{id}.</summary>
    [Function(nameof(GetError))]
    [Operation("Errors", "One group of errors with its stack and its last occurrences.")]
    [Answers(200, "The group.", Body = typeof(ErrorView), Example = ErrorExamples.One)]
    public async Task<IResult> GetError([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/errors/{id}")] HttpRequest request, string id, FunctionContext context)
    {
        var scope = Scope.Of(AccessMiddleware.PrincipalOf(context).Organisation);
        return Guid.TryParse(id, out var error) && await errors.FindAsync(scope, error, request.HttpContext.RequestAborted) is { } row ? Answer.Json(ErrorView.Whole(row)) : Problem.NotFound("error", id);
    }

    /// <summary>POST /v1/errors/{id}/resolve.</summary>
    [Function(nameof(ResolveError))]
    [Operation("Errors", "Marks a group of errors as mended.", Details = "One that comes again after that is open again. Resolving twice is the same as once; the note is added.")]
    [Body(typeof(NoteBody), ErrorExamples.Note)]
    [Answers(200, "The group is resolved.", Body = typeof(ErrorView), Example = ErrorExamples.One)]
    [Refuses(422, "invalid", "A member has a value that is not accepted; field names it.")]
    public Task<IResult> ResolveError([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/errors/{id}/resolve")] HttpRequest request, string id, FunctionContext context) =>
        ChangeAsync(request, id, context, errors.ResolveAsync);

    /// <summary>POST /v1/errors/{id}/reopen.</summary>
    [Function(nameof(ReopenError))]
    [Operation("Errors", "Opens a resolved group of errors again.", Details = "One that is open stays so; the note is added.")]
    [Body(typeof(NoteBody), ErrorExamples.Note)]
    [Answers(200, "The group is open.", Body = typeof(ErrorView), Example = ErrorExamples.One)]
    [Refuses(422, "invalid", "A member has a value that is not accepted; field names it.")]
    public Task<IResult> ReopenError([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/errors/{id}/reopen")] HttpRequest request, string id, FunctionContext context) =>
        ChangeAsync(request, id, context, errors.ReopenAsync);

    private static async Task<IResult> ChangeAsync(HttpRequest request, string id, FunctionContext context, Func<Scope, Guid, string, string?, CancellationToken, Task<ErrorRow?>> change)
    {
        var (body, _) = await RequestBody.ReadAsync<NoteBody>(request);
        if (body.Note?.Length > LongestNote)
            return Problem.Invalid("note", $"The note has {body.Note.Length} characters; at most {LongestNote} are accepted.");
        if (body.Note?.Contains('\0', StringComparison.Ordinal) == true)
            return Problem.Invalid("note", "The text has a NUL character.");
        var caller = AccessMiddleware.PrincipalOf(context);
        var note = string.IsNullOrWhiteSpace(body.Note) ? null : Redactor.Clean(body.Note.Trim());
        return Guid.TryParse(id, out var error) && await change(Scope.Of(caller.Organisation), error, caller.User, note, request.HttpContext.RequestAborted) is { } row
            ? Answer.Json(ErrorView.Whole(row))
            : Problem.NotFound("error", id);
    }
}
