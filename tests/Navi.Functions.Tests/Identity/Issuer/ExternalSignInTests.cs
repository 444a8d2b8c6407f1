using System.Net;
using Navi.Functions.Tests.Identity.Issuer.Support;

namespace Navi.Functions.Tests.Identity.Issuer;

/// <summary>People who sign in at an issuer outside, and answers that are not theirs.</summary>
public sealed class ExternalSignInTests
{
    [Fact]
    public async Task Person_FromAnIssuerOutside_ConfirmsADeviceWithTheRolesOfItsClaims()
    {
        await using var issuer = await SignInIssuer.StartAsync();
        await using var navi = await IssuerSlice.StartAsync(issuer.Settings());
        using var browser = new Browser(navi.Http.BaseAddress!);
        var device = await Device.BeginAsync(navi.Http);
        var page = await browser.GetAsync($"/connect/verify?user_code={device.UserCode}");
        Assert.Equal(HttpStatusCode.Unauthorized, page.Status);
        Assert.Contains($"/connect/external?issuer=0&amp;user_code={device.UserCode}", page.Text, StringComparison.Ordinal);
        // Out and back, and on to the page of the code.
        page = await browser.GetAsync($"/connect/external?issuer=0&user_code={device.UserCode}");
        Assert.Contains("Is this your device?", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ada Example (ada, example)", page.Text, StringComparison.Ordinal);
        await browser.PostAsync("/connect/verify", new(page.Hidden) { ["decision"] = "approve" });
        var tokens = await device.AskAsync();
        var (status, me) = await navi.MeAsync(Device.Text(tokens, "access_token"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("ada", "example", "Ada Example"), (Device.Text(me, "user"), Device.Text(me, "organisation"), Device.Text(me, "name")));
        Assert.Equal(["approver", "caller", "viewer"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public async Task Answer_ThatIsNotOfThisBrowsersSignIn_SignsNobodyIn()
    {
        await using var issuer = await SignInIssuer.StartAsync();
        await using var navi = await IssuerSlice.StartAsync(issuer.Settings());
        var answer = await AnswerAsync(navi, issuer);
        // A browser that began nothing, and one that began another sign-in: each is led to a stranger's answer.
        using var other = new Browser(navi.Http.BaseAddress!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.GetAsync(answer.Callback)).Status);
        var begun = await AnswerAsync(navi, issuer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await begun.Browser.GetAsync(answer.Callback)).Status);
        begun.Browser.Dispose();
        Assert.Equal(0L, await navi.SqlAsync("SELECT count(*) FROM navi.browser_sessions"));
        // The one that began it, once.
        Assert.Equal(HttpStatusCode.OK, (await answer.Browser.GetAsync(answer.Callback)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await answer.Browser.GetAsync(answer.Callback)).Status);
        answer.Browser.Dispose();
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("organisation")]
    [InlineData("user")]
    [InlineData("disabled")]
    public async Task Answer_WithAnythingWrong_SignsNobodyIn(string wrong)
    {
        await using var issuer = await SignInIssuer.StartAsync();
        await using var navi = await IssuerSlice.StartAsync(issuer.Settings());
        using var browser = new Browser(navi.Http.BaseAddress!);
        if (wrong == "nonce")
            issuer.OtherNonce = "another";
        if (wrong == "organisation")
            issuer.Claims.Remove("org");
        if (wrong == "user")
            issuer.Claims["sub"] = " ";
        if (wrong == "disabled")
            Assert.Equal(HttpStatusCode.OK, (await navi.SendAsync(HttpMethod.Put, "/v1/users/ada", IssuerSlice.Bob, new { roles = new[] { "caller" }, disabled = true })).Status);
        Assert.Equal(wrong == "disabled" ? HttpStatusCode.Forbidden : HttpStatusCode.UnprocessableEntity, (await browser.GetAsync("/connect/external?issuer=0")).Status);
        Assert.Equal(0L, await navi.SqlAsync("SELECT count(*) FROM navi.browser_sessions"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/connect/external?issuer=1")).Status);
    }

    [Fact]
    public async Task Person_OfTheSameIdFromElsewhere_IsNotTakenForTheFirst()
    {
        await using var issuer = await SignInIssuer.StartAsync();
        await using var navi = await IssuerSlice.StartAsync(issuer.Settings());
        using var first = new Browser(navi.Http.BaseAddress!);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/connect/external?issuer=0")).Status);
        Assert.Equal(HttpStatusCode.OK, (await navi.SendAsync(HttpMethod.Put, "/v1/users/ada", IssuerSlice.Bob, new { roles = new[] { "admin" } })).Status);
        // As if ada had come from another issuer before: this one's ada is somebody else.
        await navi.SqlAsync("UPDATE navi.users SET authority = 'https://other.example' WHERE id = 'ada'");
        using var second = new Browser(navi.Http.BaseAddress!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await second.GetAsync("/connect/external?issuer=0")).Status);
        Assert.Equal(0, second.Cookies.GetAllCookies().Count(c => c.Name.EndsWith("session", StringComparison.Ordinal)));
        // Nor does a configured token take over who came from an issuer.
        await navi.SqlAsync("DELETE FROM navi.browser_sessions; UPDATE navi.users SET id = 'bob' WHERE id = 'ada'");
        Assert.Equal(HttpStatusCode.Conflict, (await navi.SendAsync(HttpMethod.Post, "/v1/signin-links", IssuerSlice.Bob)).Status);
    }

    // A sign-in up to the issuer's answer, which has not been brought back yet.
    private static async Task<(Browser Browser, string Callback)> AnswerAsync(Navi.Testing.Service.Slice navi, SignInIssuer issuer)
    {
        var browser = new Browser(navi.Http.BaseAddress!);
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = browser.Cookies, AllowAutoRedirect = false }) { BaseAddress = navi.Http.BaseAddress };
        using var begun = await http.GetAsync("/connect/external?issuer=0", TestContext.Current.CancellationToken);
        Assert.StartsWith(issuer.Authority, begun.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        using var answered = await http.GetAsync(begun.Headers.Location, TestContext.Current.CancellationToken);
        return (browser, answered.Headers.Location!.AbsoluteUri);
    }

}
