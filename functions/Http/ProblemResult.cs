using Microsoft.AspNetCore.Http;
using Navi.Functions.Health;
using Navi.Functions.Http.Requests;
using Navi.Platform.Json;

namespace Navi.Functions.Http;

/// <summary>A problem document (RFC 9457) with the id of the request it answers.</summary>
internal sealed class ProblemResult(int status, string type, string title, string? detail, string? field) : IResult
{
    /// <summary>What the checks of readiness found; null for every other problem.</summary>
    public IReadOnlyDictionary<string, CheckView>? Checks { get; init; }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var document = new ProblemDocument(type, title, status, detail, field, RequestId.Of(httpContext), Checks);
        return Results.Json(document, NaviJson.Options, "application/problem+json", status).ExecuteAsync(httpContext);
    }
}
