using System.Reflection;
using Navi.Functions.OpenApi.Description;

namespace Navi.Functions.OpenApi.Document;

/// <summary>The refusals that follow from what a function is, so that none repeats them.</summary>
internal static class CommonRefusals
{
    public static IEnumerable<RefusesAttribute> Of(HttpOperation operation, bool isPublic)
    {
        if (!isPublic)
        {
            yield return new(401, "unauthenticated", "There is no valid bearer token.");
            yield return new(403, "forbidden", "The caller lacks the role.");
        }
        if (operation.Function.GetCustomAttribute<BodyAttribute>() is { } body)
        {
            var isJson = body.MediaType == "application/json";
            yield return new(400, "malformed", isJson
                ? "The body is not the JSON object that is expected: it is empty, not UTF-8, not JSON, too deep, has a member twice, or a member that is not known."
                : "The form can't be read.");
            yield return new(415, "unsupported-media-type", isJson
                ? "The body is not declared as application/json in UTF-8 without a content encoding; field names the header."
                : $"The body is not {body.MediaType}.");
            yield return new(413, "too-large", "The body is larger than what is accepted.");
        }
        if (!isPublic && operation.RouteValues.Any())
            yield return new(404, "not-found", "The caller's organisation has nothing of this id.");
        if (!isPublic)
        {
            yield return new(503, "database-unavailable", "The database does not answer; nothing was lost.");
            yield return new(503, "identity-unavailable", "The issuer of the token does not answer.");
        }
        yield return new(500, "internal", "NAVI failed; its log names the cause.");
    }
}
