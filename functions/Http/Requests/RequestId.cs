using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Navi.Functions.Http.Requests;

/// <summary>The id under which a request is found in answers and logs: the caller's when it is a plain word, else one of ours.</summary>
internal static partial class RequestId
{
    /// <summary>Header that carries it, both ways.</summary>
    public const string Header = "X-Request-Id";

    private const string Key = "navi.request_id";

    /// <summary>Gives the request its id and puts it on the answer.</summary>
    public static string Assign(HttpContext http)
    {
        var given = http.Request.Headers[Header].ToString();
        var id = Word().IsMatch(given) ? given : Guid.CreateVersion7().ToString("n");
        http.Items[Key] = id;
        http.Response.Headers[Header] = id;
        return id;
    }

    /// <summary>The id that was assigned; null before that.</summary>
    public static string? Of(HttpContext http) => http.Items[Key] as string;

    // Anything else could forge lines of a log.
    [GeneratedRegex("^[A-Za-z0-9._-]{1,128}$")]
    private static partial Regex Word();
}
