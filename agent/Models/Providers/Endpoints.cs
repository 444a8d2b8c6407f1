using System.Net;
using Navi.Agent.Models.Options;
using Navi.Platform.Security.Tokens;

namespace Navi.Agent.Models.Providers;

/// <summary>What every kind asks of addresses and keys.</summary>
internal static class Endpoints
{
    /// <summary>Problems of <see cref="ModelEntry.Endpoint"/>.</summary>
    public static IEnumerable<string> Problems(ModelEntry entry, bool required)
    {
        if (string.IsNullOrWhiteSpace(entry.Endpoint))
        {
            if (required)
                yield return $"Endpoint is missing: {entry.Kind} needs its address, such as https://models.example.com.";
            yield break;
        }
        if (!Uri.TryCreate(entry.Endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Query.Length > 0)
            yield return $"Endpoint is '{Shown(entry.Endpoint)}'; it must be an http(s) address without user, password and query.";
        else if (uri.Scheme == "http" && !IsThisMachine(uri))
            yield return $"Endpoint is '{Shown(entry.Endpoint)}'; plain http is only for this machine, use https.";
    }

    /// <summary>Problem of a key that must be there.</summary>
    public static IEnumerable<string> KeyProblems(ModelEntry entry, bool required)
    {
        if (entry.ApiKeySecret is { Length: > 0 } secret)
        {
            if (!EncryptedTokens.IsName(secret))
                yield return "ApiKeySecret is no name of a secret: 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit. The key itself belongs into the secret, not here.";
            if (entry.ApiKey is { Length: > 0 })
                yield return "ApiKey and ApiKeySecret are both set; give one of them.";
        }
        else if (required && string.IsNullOrWhiteSpace(entry.ApiKey))
            yield return $"ApiKey is missing: {entry.Kind} needs one. ApiKeySecret may name a stored one instead.";
        else if (entry.ApiKey?.Any(char.IsControl) == true)
            yield return "ApiKey has a line break or another control character.";
    }

    // A password in the address must not reach a log.
    private static string Shown(string endpoint) => endpoint.Contains('@', StringComparison.Ordinal) || endpoint.Contains('?', StringComparison.Ordinal) ? "(not shown)" : endpoint;

    private static bool IsThisMachine(Uri uri) => uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
