using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Identity.Connect.Forms;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Security.Issuer;

namespace Navi.Functions.Identity.Connect;

/// <summary>The issuer's endpoints for programs: discovery, keys, device codes, tokens. OpenIddict answers them.</summary>
public sealed class TokenFunctions(IssuerGate gate, IssuerAddress address)
{
    /// <summary>GET /.well-known/openid-configuration (OpenID Connect Discovery 1.0).</summary>
    [Function(nameof(GetOpenIdConfiguration))]
    [Operation("Issuer", "Where the issuer's endpoints are and what they understand (OpenID Connect Discovery 1.0, RFC 8414).")]
    [Answers(200, "The discovery document.", MediaType = "application/json", Example = ConnectExamples.Discovery)]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    public Task<IResult> GetOpenIdConfiguration([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ".well-known/openid-configuration")] HttpRequest request) => AnswerAsync(request);

    /// <summary>GET /.well-known/jwks: the public keys, the one that comes next among them (RFC 7517).</summary>
    [Function(nameof(GetKeys))]
    [Operation("Issuer", "The public keys that its access tokens are signed with, the next one among them (RFC 7517).")]
    [Answers(200, "The key set.", MediaType = "application/json", Example = ConnectExamples.Keys)]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    public Task<IResult> GetKeys([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ".well-known/jwks")] HttpRequest request) => AnswerAsync(request);

    /// <summary>POST /connect/device (RFC 8628, 3.1).</summary>
    [Function(nameof(StartDevice))]
    [Operation("Issuer", "Begins the sign-in of a device (RFC 8628, 3.1).", Details = "The person confirms the user code at verification_uri; meanwhile the device asks /connect/token every interval seconds.")]
    [Body(typeof(DeviceForm), ConnectExamples.DeviceForm, MediaType = "application/x-www-form-urlencoded")]
    [Answers(200, "The codes.", Body = typeof(DeviceView), Example = ConnectExamples.Device)]
    [Answers(400, "An OAuth error (RFC 6749, 5.2).", Body = typeof(OAuthErrorView), Example = ConnectExamples.Error)]
    [Answers(401, "The client is not known.", Body = typeof(OAuthErrorView), Example = ConnectExamples.Error)]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    public Task<IResult> StartDevice([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "connect/device")] HttpRequest request) => AnswerAsync(request);

    /// <summary>POST /connect/token: device code, refresh token, client credentials.</summary>
    [Function(nameof(IssueToken))]
    [Operation("Issuer", "Exchanges a device code, a refresh token or client credentials for an access token (RFC 6749, RFC 8628).", Details =
        "A refresh token is good once; sending one again ends the whole sign-in. Errors of the device flow: authorization_pending, slow_down, access_denied, expired_token.")]
    [Body(typeof(TokenForm), ConnectExamples.TokenForm, MediaType = "application/x-www-form-urlencoded")]
    [Answers(200, "The tokens.", Body = typeof(TokenView), Example = ConnectExamples.Token)]
    [Answers(400, "An OAuth error (RFC 6749, 5.2; RFC 8628, 3.5).", Body = typeof(OAuthErrorView), Example = ConnectExamples.Pending)]
    [Answers(401, "The client's credentials do not hold.", Body = typeof(OAuthErrorView), Example = ConnectExamples.Error)]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    public Task<IResult> IssueToken([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "connect/token")] HttpRequest request) => AnswerAsync(request);

    /// <summary>POST /connect/revoke (RFC 7009).</summary>
    [Function(nameof(RevokeToken))]
    [Operation("Issuer", "Ends a token; with a refresh token the whole sign-in (RFC 7009).")]
    [Body(typeof(RevocationForm), ConnectExamples.RevocationForm, MediaType = "application/x-www-form-urlencoded")]
    [Answers(200, "The token holds no longer, or never did.", MediaType = "application/json", Example = "{}")]
    [Answers(400, "An OAuth error (RFC 6749, 5.2).", Body = typeof(OAuthErrorView), Example = ConnectExamples.Error)]
    [Answers(401, "The client's credentials do not hold.", Body = typeof(OAuthErrorView), Example = ConnectExamples.Error)]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    public Task<IResult> RevokeToken([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "connect/revoke")] HttpRequest request) => AnswerAsync(request);

    private Task<IResult> AnswerAsync(HttpRequest request) => IssuerEndpoint.AnswerAsync(gate, address, request);
}
