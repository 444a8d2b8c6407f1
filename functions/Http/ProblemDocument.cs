using Navi.Functions.Health;

namespace Navi.Functions.Http;

/// <summary>What a refused or failed request is answered with (RFC 9457).</summary>
/// <param name="Type">Stable name of the kind, a URN.</param>
/// <param name="Title">What is wrong, in one sentence.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">The value found and what would be right.</param>
/// <param name="Field">The member, parameter or header at fault.</param>
/// <param name="RequestId">The request, as in the header <c>X-Request-Id</c>.</param>
/// <param name="Checks">What each check of readiness found; only of <c>not-ready</c>.</param>
internal sealed record ProblemDocument(string Type, string Title, int Status, string? Detail, string? Field, string? RequestId, IReadOnlyDictionary<string, CheckView>? Checks = null);
