using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Navi.Functions.Http;

/// <summary>What a body must be declared as.</summary>
internal static class MediaTypes
{
    private const string Json = "application/json";

    /// <summary>Requires JSON in UTF-8, neither compressed nor otherwise encoded.</summary>
    /// <exception cref="ProblemException">It is declared as something else, or as nothing (415).</exception>
    public static void RequireJson(HttpRequest request)
    {
        var type = request.Headers.ContentType.ToString();
        if (!IsJson(type))
            throw Refused(request, HeaderNames.ContentType, type.Length == 0 ? "The body has no media type." : $"The media type '{Problem.Shown(type)}' is not accepted.", $"Send {Json}, with charset=utf-8 or without a charset.");
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
            throw Refused(request, HeaderNames.ContentEncoding, $"The content encoding '{Problem.Shown(encoding)}' is not accepted.", "Send the body as it is: without Content-Encoding, or with identity.");
    }

    private static bool IsJson(string given) =>
        MediaTypeHeaderValue.TryParse(given, out var type) && type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && (type.Parameters.Count == 0 || (type.Parameters.Count == 1 && HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)));

    // RFC 9110, 15.5.16: the answer says what would be accepted.
    private static ProblemException Refused(HttpRequest request, string header, string title, string detail)
    {
        request.HttpContext.Response.Headers.Accept = Json;
        request.HttpContext.Response.Headers.AcceptEncoding = "identity";
        return new ProblemException(Problem.Of(415, "unsupported-media-type", title, detail, header));
    }
}
