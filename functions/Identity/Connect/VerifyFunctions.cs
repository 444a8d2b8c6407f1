using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Navi.Functions.Identity.Connect.Forms;
using Navi.Functions.Identity.Pages;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Identity;
using Navi.Platform.Security.Issuer;
using Navi.Platform.Security.People;

namespace Navi.Functions.Identity.Connect;

/// <summary>The page on which a signed-in person answers a device (RFC 8628, 3.3). Only that person's own browser can: the form carries a proof of its session.</summary>
public sealed class VerifyFunctions(IssuerGate gate, IssuerAddress address, BrowserSessions sessions, IOptions<IdentityOptions> identity, IOptions<NaviOptions> navi)
{
    private const string Approve = "approve";

    /// <summary>GET /connect/verify: asks for the code, then shows what the device asks for.</summary>
    [Function(nameof(ShowDevice))]
    [Operation("Issuer", "The page on which a person confirms a device (RFC 8628, 3.3).")]
    [Query("user_code", "The code that the device shows.", MaxLength = 40, Example = "BCDF-GHJK")]
    [Query("done", "What was decided; shown after the decision.", Values = "approved denied")]
    [Answers(200, "The page.", MediaType = "text/html")]
    [Answers(401, "The page that says how to sign in.", MediaType = "text/html")]
    [Answers(403, "The device expects somebody else.", MediaType = "text/html")]
    [Answers(422, "No device waits under this code.", MediaType = "text/html")]
    [Answers(303, "The same page with the code as it is written.")]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    [Refuses(503, "database-unavailable", "The database does not answer.")]
    public async Task<IResult> ShowDevice([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "connect/verify")] HttpRequest request)
    {
        var issuer = IssuerEndpoint.Require(address, request);
        if (request.Query["done"] is [{ Length: > 0 } done])
            return DevicePages.Done(done == "approved");
        var given = request.Query["user_code"] is [{ Length: > 0 } text] ? text : null;
        var code = UserCode.Read(given);
        if (BrowserCookie.Read(request, issuer, BrowserCookie.Session) is not { } session || await sessions.FindAsync(session, request.HttpContext.RequestAborted) is not { } person)
            return SignInPages.Choose(code, SignInIssuers.Of(identity.Value), navi.Value.IsLocal);
        if (given is null)
            return DevicePages.EnterCode(person);
        if (code is null)
            return await WrongAsync(request, session, person);
        // OpenIddict reads the whole query: nothing but the code reaches it.
        if (code != given || request.Query.Count > 1)
            return SeeOther.To($"/connect/verify?user_code={code}");
        if (await gate.HandleAsync(request.HttpContext))
            return Results.Empty;
        if (await gate.DeviceAsync(request.HttpContext) is not { } device)
            return await WrongAsync(request, session, person);
        return IsFor(device, person) ? DevicePages.Confirm(person, device, code, session.ProofOf(code)) : DevicePages.Stranger(person, device.Expected!);
    }

    /// <summary>POST /connect/verify: approves or denies.</summary>
    [Function(nameof(AnswerDevice))]
    [Operation("Issuer", "The form of that page: approves or denies. Other programs have no use for it.")]
    [Body(typeof(VerifyForm), "user_code=BCDF-GHJK&proof=PROOF&decision=approve", MediaType = "application/x-www-form-urlencoded")]
    [Answers(302, "Decided; the page that says so.")]
    [Answers(200, "Decided.", MediaType = "text/html")]
    [Answers(401, "Nobody is signed in.", MediaType = "text/html")]
    [Answers(403, "The form is not of this browser's page, or the device expects somebody else.", MediaType = "text/html")]
    [Answers(422, "No device waits under this code.", MediaType = "text/html")]
    [Refuses(404, "no-issuer", "This NAVI issues no tokens of its own.")]
    [Refuses(503, "database-unavailable", "The database does not answer.")]
    public async Task<IResult> AnswerDevice([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "connect/verify")] HttpRequest request)
    {
        var issuer = IssuerEndpoint.Require(address, request);
        var form = await IssuerForm.ReadAsync(request);
        if (BrowserCookie.Read(request, issuer, BrowserCookie.Session) is not { } session || await sessions.FindAsync(session, request.HttpContext.RequestAborted) is not { } person)
            return SignInPages.Choose(null, SignInIssuers.Of(identity.Value), navi.Value.IsLocal);
        var given = form["user_code"].ToString();
        if (!BrowserCookie.IsOwnForm(request, issuer) || !session.Proves(given, form["proof"]))
            return SignInPages.ForeignForm();
        if (await gate.HandleAsync(request.HttpContext))
            return Results.Empty;
        if (await gate.DeviceAsync(request.HttpContext) is not { } device)
            return await WrongAsync(request, session, person);
        if (!IsFor(device, person))
            return DevicePages.Stranger(person, device.Expected!);
        if (form["decision"] == Approve)
            await gate.ApproveAsync(request.HttpContext, person, device, "/connect/verify?done=approved");
        else
            await gate.DenyAsync(request.HttpContext, "/connect/verify?done=denied");
        return Results.Empty;
    }

    private static bool IsFor(DeviceRequest device, UserRow person) => device.Expected is null || device.Expected == person.Id || device.Expected == $"{person.OrgId}/{person.Id}";

    private async Task<IResult> WrongAsync(HttpRequest request, Secret session, UserRow person)
    {
        // What another site makes a browser open is no guess of this person's.
        if (request.Headers["Sec-Fetch-Site"].ToString() is "" or "none" or "same-origin")
            await sessions.NoteWrongCodeAsync(session, CancellationToken.None);
        return DevicePages.EnterCode(person, "No device waits under this code. It may have expired: begin again on the device.");
    }
}
