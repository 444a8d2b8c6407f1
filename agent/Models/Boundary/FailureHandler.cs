using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Navi.Agent.Models.Routing;

namespace Navi.Agent.Models.Boundary;

/// <summary>Turns an answer that is no success into a <see cref="ModelCallException"/>, the same for every provider, with the wait that Retry-After asks for (RFC 9110, 10.2.3).</summary>
internal sealed class FailureHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    private const int LongestBody = 16_384;
    private const int LongestMessage = 300;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new ModelCallException(ModelFailureKind.Connection, $"{request.RequestUri!.Host} could not be reached: {e.Message}", e);
        }
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
        {
            var (code, message) = Said(await BodyAsync(response, cancellationToken));
            throw new ModelCallException(Kind(response.StatusCode, code, message), $"{request.RequestUri!.Host} answered {(int)response.StatusCode}{After(response.StatusCode, message)}")
            {
                RetryAfter = Wait(response),
            };
        }
    }

    private static string After(HttpStatusCode status, string message) => message.Length > 0 ? $": {message}" : (int)status is >= 300 and < 400 ? ", a redirect, which is never followed" : "";

    private TimeSpan? Wait(HttpResponseMessage response)
    {
        // Azure and OpenAI tell a precise wait as well.
        if (response.Headers.TryGetValues("retry-after-ms", out var exact) && double.TryParse(exact.First(), CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= 0 and < 1e9)
            return TimeSpan.FromMilliseconds(milliseconds);
        return response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero,
            _ => null,
        };
    }

    private static ModelFailureKind Kind(HttpStatusCode status, string code, string message) => (int)status switch
    {
        _ when code is "content_filter" or "content_policy_violation" => ModelFailureKind.ContentFilter,
        _ when code is "context_length_exceeded" => ModelFailureKind.ContextTooLong,
        400 or 413 when message.Contains("prompt is too long", StringComparison.OrdinalIgnoreCase) || message.Contains("maximum context length", StringComparison.OrdinalIgnoreCase) => ModelFailureKind.ContextTooLong,
        >= 300 and < 400 => ModelFailureKind.Redirected,
        401 or 403 => ModelFailureKind.Unauthorized,
        402 => ModelFailureKind.PaymentRequired,
        429 when code is "insufficient_quota" => ModelFailureKind.PaymentRequired,
        404 => ModelFailureKind.NotFound,
        408 or 409 => ModelFailureKind.ServerError,
        429 => ModelFailureKind.RateLimited,
        >= 500 => ModelFailureKind.ServerError,
        _ => ModelFailureKind.InvalidRequest,
    };

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
            var buffer = new byte[LongestBody];
            return Encoding.UTF8.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, LongestBody, throwOnEndOfStream: false, cancellation));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return "";
        }
    }

    // {"error":{"code","type","message"}} of OpenAI, Azure and Anthropic; {"error":"text"} of Ollama.
    private static (string Code, string Message) Said(string body)
    {
        try
        {
            var root = JsonElement.Parse(body);
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("error", out var error))
                return ("", "");
            if (error.ValueKind == JsonValueKind.String)
                return ("", Cut(error.GetString()!));
            return error.ValueKind == JsonValueKind.Object ? (Text(error, "code") is { Length: > 0 } code ? code : Text(error, "type"), Cut(Text(error, "message"))) : ("", "");
        }
        catch (JsonException)
        {
            return ("", "");
        }
    }

    private static string Text(JsonElement from, string member) => from.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    // Providers quote the key in some messages ("Incorrect API key provided: sk-…"); whatever looks like one is left out.
    private static string Cut(string message)
    {
        var clean = string.Join(' ', message.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(w => IsSecret(w) ? "…" : w));
        return clean.Length > LongestMessage ? clean[..LongestMessage] + "…" : clean;
    }

    private static bool IsSecret(string word) => word.StartsWith("sk-", StringComparison.Ordinal) || (word.Length >= 20 && word.Any(char.IsAsciiDigit) && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '*' or '.' or '='));
}
