using System.Net;

namespace Navi.Cli.Api;

/// <summary>NAVI answered with a problem (RFC 9457).</summary>
internal sealed class ApiException(HttpStatusCode status, string title, string? detail, IReadOnlyList<string> fields) : Exception(Compose(status, title, detail, fields))
{
    public HttpStatusCode Status { get; } = status;

    private static string Compose(HttpStatusCode status, string title, string? detail, IReadOnlyList<string> fields)
    {
        var text = string.IsNullOrEmpty(detail) ? $"{title} ({(int)status})" : $"{title} ({(int)status}): {detail}";
        return fields.Count == 0 ? text : text + Environment.NewLine + string.Join(Environment.NewLine, fields.Select(f => "  " + f));
    }
}
