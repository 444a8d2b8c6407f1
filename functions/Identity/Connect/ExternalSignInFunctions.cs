using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Navi.Functions.Identity.Pages;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Security.Identity.SignIn;
using Navi.Platform.Security.Issuer;
using Navi.Platform.Security.People;

namespace Navi.Functions.Identity.Connect;

/// <summary>Signs a browser in at an issuer outside.</summary>
public sealed class ExternalSignInFunctions(IssuerAddress address, ExternalSignIn signIn, BrowserSessions sessions, IOptions<IssuerOptions> options)
{
    private const string Callback = "connect/callback";
    private const int LongestCode = 4096;

    /// <summary>GET /connect/external: on the way out.</summary>
    [Function(nameof(StartExternalSignIn))]
    [Operation("Issuer", "Sends a browser to an issuer outside, to sign in there.")]
    [Query("issuer", "The issuer's number in the configuration.", Type = "integer", Minimum = 0, Maximum = 100)]
    [Query("user_code", "The device's code to go on with.", MaxLength = 40)]
    [Answers(303, "The issuer's page.")]
    [Answers(404, "Nobody signs in at an issuer of this number.", MediaType = "text/html")]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    [Refuses(503, "identity-unavailable", "The issuer does not answer.")]
    [Refuses(503, "database-unavailable", "The database does not answer.")]
    public async Task<IResult> StartExternalSignIn([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "connect/external")] HttpRequest request)
    {
        var issuer = IssuerEndpoint.Require(address, request);
        var browser = BrowserCookie.Read(request, issuer, BrowserCookie.SignIn) ?? Secret.New();
        var number = int.TryParse(request.Query["issuer"], out var given) ? given : -1;
        if (await signIn.BeginAsync(number, new Uri(issuer, Callback), browser, UserCode.Read(request.Query["user_code"]), request.HttpContext.RequestAborted) is not { } target)
            return SignInPages.Failed(404, "Nobody signs in at this issuer.");
        BrowserCookie.Write(request.HttpContext.Response, issuer, BrowserCookie.SignIn, browser, options.Value.LinkLifetime);
        return SeeOther.To(target.AbsoluteUri);
    }

    /// <summary>GET /connect/callback: on the way back.</summary>
    [Function(nameof(FinishExternalSignIn))]
    [Operation("Issuer", "Where that issuer sends the browser back to.")]
    [Query("state", "Which sign-in it is.", MaxLength = 100)]
    [Query("code", "What the issuer gives for the sign-in.", MaxLength = LongestCode)]
    [Query("error", "Why there is no code.", MaxLength = 200)]
    [Answers(303, "Signed in; the page to go on with.")]
    [Answers(403, "The person may not sign in at NAVI.", MediaType = "text/html")]
    [Answers(422, "The sign-in does not hold, or another browser began it.", MediaType = "text/html")]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    [Refuses(503, "identity-unavailable", "The issuer does not answer.")]
    [Refuses(503, "database-unavailable", "The database does not answer.")]
    public async Task<IResult> FinishExternalSignIn([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Callback)] HttpRequest request)
    {
        var issuer = IssuerEndpoint.Require(address, request);
        if (request.Query["error"] is [{ Length: > 0 } error])
            return SignInPages.Failed(422, $"The issuer refused it: {Http.Problem.Shown(error)}.");
        if (Secret.Of(request.Query["state"]) is not { } state || request.Query["code"] is not [{ Length: > 0 and <= LongestCode } code]
            || BrowserCookie.Read(request, issuer, BrowserCookie.SignIn) is not { } browser
            || await signIn.FinishAsync(state, code, browser, request.HttpContext.RequestAborted) is not var (person, userCode))
        {
            return SignInPages.Failed(422, "It took too long, was begun in another browser, or the issuer's answer does not hold.");
        }
        if (await sessions.BeginAsync(person, CancellationToken.None) is not { } session)
            return SignInPages.Failed(403, "An administrator has disabled this account.");
        BrowserCookie.Remove(request.HttpContext.Response, issuer, BrowserCookie.SignIn);
        BrowserCookie.Write(request.HttpContext.Response, issuer, BrowserCookie.Session, session, options.Value.SessionLifetime);
        return SeeOther.To(userCode is null ? "/connect/signin" : $"/connect/verify?user_code={userCode}");
    }
}
