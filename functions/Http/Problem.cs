using Microsoft.AspNetCore.Http;

namespace Navi.Functions.Http;

/// <summary>Errors as RFC 9457 problem documents with a stable <c>type</c>; never a stack trace.</summary>
internal static class Problem
{
    public const string Types = "urn:navi:problem:";

    /// <summary>A problem document.</summary>
    /// <param name="status">HTTP status.</param>
    /// <param name="type">Stable name of the kind.</param>
    /// <param name="title">What is wrong, in one sentence.</param>
    /// <param name="detail">The value found and what would be right.</param>
    /// <param name="field">The field at fault.</param>
    public static IResult Of(int status, string type, string title, string? detail = null, string? field = null) =>
        new ProblemResult(status, Types + type, title, detail, field);

    public static IResult NotFound(string what, string id) => Of(404, "not-found", $"There is no {what} '{Shown(id)}'.", $"List what there is with GET /v1/{what}s.");

    public static IResult Invalid(string field, string title, string? detail = null) => Of(422, "invalid", title, detail, field);

    /// <summary>A caller's value, shortened for a message.</summary>
    public static string Shown(string value) => value.Length <= 80 ? value : value[..77] + "...";
}
