using System.Net;

namespace Navi.Cli.Api;

/// <summary>NAVI answered with a problem (RFC 9457).</summary>
internal sealed class ApiException(HttpStatusCode status, string title, string? detail, IReadOnlyList<string> fields) : Exception(Compose(status, title, detail, fields))
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The kind of NAVI's problem document, a URN; null where what answered is no such document.</summary>
    public string? Type { get; init; }

    /// <summary>How long NAVI wants to be left alone (Retry-After); null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    private static string Compose(HttpStatusCode status, string title, string? detail, IReadOnlyList<string> fields)
    {
        var text = string.IsNullOrEmpty(detail) ? $"{title} ({(int)status})" : $"{title} ({(int)status}): {detail}";
        return fields.Count == 0 ? text : text + Environment.NewLine + string.Join(Environment.NewLine, fields.Select(f => "  " + f));
    }
}
