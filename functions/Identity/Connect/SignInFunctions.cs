using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Navi.Functions.Identity.Connect.Forms;
using Navi.Functions.Identity.Pages;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Security.Issuer;
using Navi.Platform.Security.People;

namespace Navi.Functions.Identity.Connect;

/// <summary>Signs a browser in by a link that is good once, and out.</summary>
public sealed class SignInFunctions(IssuerAddress address, BrowserSessions sessions, IOptions<IssuerOptions> options)
{
    private const string SignOutPurpose = "sign out";

    /// <summary>GET /connect/signin: shows whom the link signs in; without one, who is signed in. Changes nothing.</summary>
    [Function(nameof(ShowSignIn))]
    [Operation("Issuer", "The page that a sign-in link leads to. It changes nothing; its button does.")]
    [Query("link", "The link's secret.", MaxLength = 100)]
    [Answers(200, "The page.", MediaType = "text/html")]
    [Answers(401, "Nobody is signed in.", MediaType = "text/html")]
    [Answers(410, "The link is used, over, or none of ours.", MediaType = "text/html")]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    [Refuses(503, "database-unavailable", "The database does not answer.")]
    public async Task<IResult> ShowSignIn([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "connect/signin")] HttpRequest request)
    {
        var issuer = IssuerEndpoint.Require(address, request);
        if (request.Query["link"] is [{ Length: > 0 } text])
        {
            return Secret.Of(text) is { } link && await sessions.PeekAsync(link, request.HttpContext.RequestAborted) is { } invited
                ? SignInPages.ConfirmLink(text, invited)
                : SignInPages.BadLink();
        }
        return BrowserCookie.Read(request, issuer, BrowserCookie.Session) is { } session && await sessions.FindAsync(session, request.HttpContext.RequestAborted) is { } person
            ? SignInPages.SignedIn(person, session.ProofOf(SignOutPurpose))
            : SignInPages.Failed(401, "Nobody is signed in in this browser.");
    }

    /// <summary>POST /connect/signin: uses the link up.</summary>
    [Function(nameof(UseSignInLink))]
    [Operation("Issuer", "The form of that page: signs this browser in.")]
    [Body(typeof(SignInForm), "link=SECRET", MediaType = "application/x-www-form-urlencoded")]
    [Answers(303, "Signed in; the page that says so.")]
    [Answers(403, "The form did not come from a page of ours.", MediaType = "text/html")]
    [Answers(410, "The link is used, over, or none of ours.", MediaType = "text/html")]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    [Refuses(503, "database-unavailable", "The database does not answer.")]
    public async Task<IResult> UseSignInLink([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "connect/signin")] HttpRequest request)
    {
        var issuer = IssuerEndpoint.Require(address, request);
        var form = await IssuerForm.ReadAsync(request);
        // Else a stranger's page could sign somebody's browser in as the stranger.
        if (!BrowserCookie.IsOwnForm(request, issuer))
            return SignInPages.ForeignForm();
        if (Secret.Of(form["link"]) is not { } link || await sessions.UseLinkAsync(link, CancellationToken.None) is not { } session)
            return SignInPages.BadLink();
        BrowserCookie.Write(request.HttpContext.Response, issuer, BrowserCookie.Session, session, options.Value.SessionLifetime);
        return SeeOther.To("/connect/signin");
    }

    /// <summary>POST /connect/signout.</summary>
    [Function(nameof(SignOut))]
    [Operation("Issuer", "Ends the session of this browser.")]
    [Body(typeof(SignOutForm), "proof=PROOF", MediaType = "application/x-www-form-urlencoded")]
    [Answers(200, "The page that says so.", MediaType = "text/html")]
    [Answers(403, "The form did not come from a page of this browser.", MediaType = "text/html")]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    [Refuses(503, "database-unavailable", "The database does not answer.")]
    public async Task<IResult> SignOut([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "connect/signout")] HttpRequest request)
    {
        var issuer = IssuerEndpoint.Require(address, request);
        var form = await IssuerForm.ReadAsync(request);
        if (BrowserCookie.Read(request, issuer, BrowserCookie.Session) is not { } session)
            return SignInPages.SignedOut();
        if (!BrowserCookie.IsOwnForm(request, issuer) || !session.Proves(SignOutPurpose, form["proof"]))
            return SignInPages.ForeignForm();
        await sessions.EndAsync(session, CancellationToken.None);
        BrowserCookie.Remove(request.HttpContext.Response, issuer, BrowserCookie.Session);
        return SignInPages.SignedOut();
    }
}
