using System.Text.Json;
using Navi.Cli.Api;

namespace Navi.Cli.SignIn;

/// <summary>The OAuth 2.0 side of one NAVI: discovery, device flow (RFC 8628), refresh, client credentials, revocation (RFC 7009).</summary>
internal sealed class OAuthClient(Uri server, TimeSpan limit) : IDisposable
{
    private const long LargestAnswer = 1024 * 1024;
    private const string Scopes = "openid offline_access navi";

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), AllowAutoRedirect = false })
    {
        Timeout = limit, MaxResponseContentBufferSize = LargestAnswer,
    };

    private Discovery? discovery;

    public async Task<DeviceGrant> StartDeviceAsync(string clientId, string? hint, CancellationToken cancellation)
    {
        var endpoint = (await DiscoverAsync(cancellation)).DeviceAuthorizationEndpoint
            ?? throw new CliException(ExitCodes.Ended, $"NAVI at {server} offers no sign-in with a device code. Ask its operator for a token and set NAVI_TOKEN.");
        var form = new Dictionary<string, string> { ["client_id"] = clientId, ["scope"] = Scopes };
        if (hint is not null)
            form["login_hint"] = hint;
        return NaviClient.Read<DeviceGrant>(await PostAsync(endpoint, form, cancellation));
    }

    public Task<TokenAnswer> RedeemAsync(string clientId, string deviceCode, CancellationToken cancellation) => TokenAsync(
        new() { ["grant_type"] = "urn:ietf:params:oauth:grant-type:device_code", ["device_code"] = deviceCode, ["client_id"] = clientId }, cancellation);

    public Task<TokenAnswer> RefreshAsync(string clientId, string refreshToken, CancellationToken cancellation) => TokenAsync(
        new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken, ["client_id"] = clientId }, cancellation);

    public Task<TokenAnswer> ClientCredentialsAsync(string clientId, string secret, CancellationToken cancellation) => TokenAsync(
        new() { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = secret, ["scope"] = "navi" }, cancellation);

    /// <summary>Ends a token at NAVI; nothing when NAVI has no endpoint for it.</summary>
    public async Task RevokeAsync(string clientId, string token, CancellationToken cancellation)
    {
        if ((await DiscoverAsync(cancellation)).RevocationEndpoint is { } endpoint)
            await PostAsync(endpoint, new() { ["token"] = token, ["client_id"] = clientId }, cancellation);
    }

    /// <summary>Where this NAVI's endpoints are; asked once.</summary>
    /// <exception cref="CliException">It offers no sign-in, or names an endpoint that a secret must not be sent to.</exception>
    /// <exception cref="UnreachableException">It does not answer, or not with what is needed.</exception>
    public async Task<Discovery> DiscoverAsync(CancellationToken cancellation)
    {
        if (discovery is not null)
            return discovery;
        var address = new Uri(server.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration");
        var document = await ReachAsync(() => http.GetAsync(address, cancellation), cancellation);
        return discovery = new Discovery(
            Endpoint(document, "issuer") ?? throw Missing("issuer"), Endpoint(document, "token_endpoint") ?? throw Missing("token_endpoint"),
            Endpoint(document, "device_authorization_endpoint"), Endpoint(document, "revocation_endpoint"));

        UnreachableException Missing(string name) => new($"{address} names no {name}: this NAVI offers no sign-in.");
    }

    public void Dispose() => http.Dispose();

    private async Task<TokenAnswer> TokenAsync(Dictionary<string, string> form, CancellationToken cancellation)
    {
        var answer = NaviClient.Read<TokenAnswer>(await PostAsync((await DiscoverAsync(cancellation)).TokenEndpoint, form, cancellation));
        return answer.AccessToken.Length > 0 ? answer : throw new UnreachableException($"{server} answered without an access token.");
    }

    // A secret goes to the origin that was asked for, or to one with TLS; never to another in the clear.
    private Uri? Endpoint(JsonElement document, string name)
    {
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            return null;
        if (!Uri.TryCreate(value.GetString(), UriKind.Absolute, out var endpoint) || (endpoint.Scheme != Uri.UriSchemeHttps && endpoint.Authority != server.Authority))
            throw new CliException(ExitCodes.Ended, $"The discovery document of {server} has {name} = '{value.GetString()}', which is neither there nor https. Its operator has to correct the public address.");
        return endpoint;
    }

    private Task<JsonElement> PostAsync(Uri endpoint, Dictionary<string, string> form, CancellationToken cancellation) => ReachAsync(
        async () =>
        {
            using var content = new FormUrlEncodedContent(form);
            return await http.PostAsync(endpoint, content, cancellation);
        }, cancellation);

    private async Task<JsonElement> ReachAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellation)
    {
        try
        {
            using var response = await send();
            var text = await response.Content.ReadAsStringAsync(cancellation);
            var document = text.Length == 0 ? default : JsonElement.Parse(text);
            if (response.IsSuccessStatusCode)
                return document;
            if (Text(document, "error") is { } error)
                throw new OAuthException(error, Text(document, "error_description"));
            throw response.StatusCode == System.Net.HttpStatusCode.NotFound
                ? new CliException(ExitCodes.Ended, $"NAVI at {server} offers no sign-in. A NAVI on this machine needs none; for others set NAVI_TOKEN.")
                : new UnreachableException($"NAVI at {server} answered {(int)response.StatusCode}{(Text(document, "title") is { } title ? $": {title}" : "")}.");
        }
        catch (JsonException e)
        {
            throw new UnreachableException($"{server} answered something that is not JSON. Check the address.", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new UnreachableException(NetworkFailure.Say(server, e, limit), e);
        }
    }

    private static string? Text(JsonElement document, string name) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
