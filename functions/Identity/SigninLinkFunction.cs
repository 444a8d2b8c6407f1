using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Navi.Functions.Http;
using Navi.Functions.Identity.Connect;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Security.Identity;
using Navi.Platform.Security.Issuer;
using Navi.Platform.Security.People;

namespace Navi.Functions.Identity;

/// <summary>POST /v1/signin-links.</summary>
public sealed class SigninLinkFunction(IssuerAddress address, UserStore users, BrowserSessions sessions)
{
    /// <summary>Makes a link that signs a browser in as the caller. Only for tokens of the configuration: what was itself issued must not make itself last longer.</summary>
    [Function(nameof(CreateSigninLink))]
    [Operation("Identity", "Makes a link that signs one browser in as the caller, once.", Details = "Only for callers with a configured token, such as the local one; others sign in at their issuer.")]
    [Answers(201, "The link.", Body = typeof(SigninLinkView), Example = """{"url":"http://127.0.0.1:7071/connect/signin?link=SECRET","user":"ada","expires_at":"2026-01-31T08:05:00Z"}""")]
    [Refuses(403, "issued-token", "The caller's token was itself issued.")]
    [Refuses(403, "disabled", "An administrator has disabled this user.")]
    [Refuses(409, "other-origin", "The user is known from an issuer outside.")]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    public async Task<IResult> CreateSigninLink([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/signin-links")] HttpRequest request, FunctionContext context)
    {
        var issuer = IssuerEndpoint.Require(address, request);
        var caller = AccessMiddleware.PrincipalOf(context);
        if (caller.Kind is not (Principal.Local or Principal.Static))
            return Problem.Of(403, "issued-token", "A token that was issued can't sign a browser in.", "Sign in at your issuer, or use a configured token.");
        if (await users.NoteAsync(caller, null, request.HttpContext.RequestAborted) is not { } person)
            return Problem.Of(409, "other-origin", $"'{caller.User}' is known in this organisation from an issuer outside.", "Sign in there, or configure the token for another user.");
        if (person.DisabledAt is not null)
            return Problem.Of(403, "disabled", $"'{person.Id}' was disabled at {person.DisabledAt:u}.");
        var (link, expires) = await sessions.MakeLinkAsync(person, request.HttpContext.RequestAborted);
        return Answer.Json(new SigninLinkView(new Uri(issuer, $"connect/signin?link={link.Value}").AbsoluteUri, person.Id, expires), 201);
    }
}
