using System.Security.Authentication;

namespace Navi.Cli.Api;

/// <summary>Says what kept NAVI from answering, and what to look at.</summary>
internal static class NetworkFailure
{
    public static string Say(Uri address, Exception failure, TimeSpan limit) => failure switch
    {
        OperationCanceledException => $"NAVI at {address} did not answer within {limit.TotalSeconds:0} seconds. Allow it more: navi config set timeout_seconds N",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => $"NAVI at {address} answered more than this command takes (64 MiB).",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or AuthenticationException =>
            $"There is no safe connection to {address}: {Innermost(failure)} If its certificate is your company's own, put the authority's certificate into the system's store (or SSL_CERT_FILE).",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => $"The name of {address} is not known: {failure.Message} Check --url, NAVI_URL or 'navi config get url'.",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => $"The proxy does not let this through to {address}: {failure.Message} Check HTTPS_PROXY and NO_PROXY.",
        _ => $"NAVI at {address} does not answer: {failure.Message}",
    };

    private static string Innermost(Exception failure)
    {
        while (failure.InnerException is { } inner)
            failure = inner;
        return failure.Message;
    }
}
