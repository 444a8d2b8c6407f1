using System.Net;
using Navi.Functions.Tests.Identity.Issuer.Support;
using Navi.Testing;

namespace Navi.Functions.Tests.Identity.Issuer;

/// <summary>The device flow (RFC 8628) over real HTTP, each of its errors, and everybody who must not be able to approve.</summary>
public sealed class DeviceFlowTests
{
    [Fact]
    public async Task Device_ApprovedByASignedInPerson_ActsAsThatPerson()
    {
        await using var navi = await IssuerSlice.StartAsync();
        using var browser = await navi.SignedInAsync(IssuerSlice.Bob);
        var device = await Device.BeginAsync(navi.Http);
        Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$", device.UserCode);
        Assert.Equal(5, device.Grant.GetProperty("interval").GetInt32());
        Assert.Equal(new Uri(navi.Http.BaseAddress!, "/connect/verify"), new Uri(device.Grant.GetProperty("verification_uri").GetString()!));
        // As somebody types it: lower case, without the dash.
        var done = await browser.AnswerAsync(device.UserCode.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant(), "approve");
        Assert.Contains("Approved", done.Text, StringComparison.Ordinal);
        var tokens = await device.AskAsync();
        var (status, me) = await navi.MeAsync(Device.Text(tokens, "access_token"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("bob", "example", "person"), (Device.Text(me, "user"), Device.Text(me, "organisation"), Device.Text(me, "kind")));
        Assert.Equal(["admin", "auditor", "caller", "operator", "viewer"], me.GetProperty("roles").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal("invalid_grant", Device.Error(await device.AskAgainAsync(navi)));
    }

    [Fact]
    public async Task Device_AskingTooSoon_IsSlowedDownByFiveSecondsEachTime()
    {
        // A minute, so that a slow machine is not taken for a patient device.
        await using var navi = await IssuerSlice.StartAsync(new() { ["Navi:Issuer:PollSeconds"] = "60" });
        var device = await Device.BeginAsync(navi.Http);
        Assert.Equal(60, device.Grant.GetProperty("interval").GetInt32());
        Assert.Equal("authorization_pending", Device.Error(await device.AskAsync()));
        for (var i = 0; i < 12; i++)
            Assert.Equal("slow_down", Device.Error(await device.AskAsync()));
        Assert.Equal(120, await navi.SqlAsync("SELECT poll_seconds FROM navi.issuer_tokens WHERE type LIKE '%:device_code'"));
        // Enough for sixty seconds, but it must wait a hundred and twenty by now.
        await device.PassAsync(navi, 70);
        Assert.Equal("slow_down", Device.Error(await device.AskAsync()));
        await device.PassAsync(navi, 130);
        Assert.Equal("authorization_pending", Device.Error(await device.AskAsync()));
    }

    [Fact]
    public async Task Device_Denied_IsDeniedAccess()
    {
        await using var navi = await IssuerSlice.StartAsync();
        using var browser = await navi.SignedInAsync();
        var device = await Device.BeginAsync(navi.Http);
        Assert.Contains("Denied", (await browser.AnswerAsync(device.UserCode, "deny")).Text, StringComparison.Ordinal);
        Assert.Equal("access_denied", Device.Error(await device.AskAsync()));
    }

    [Fact]
    public async Task Device_NobodyAnswered_Expires()
    {
        await using var navi = await IssuerSlice.StartAsync(new() { ["Navi:Issuer:DeviceCodeLifetime"] = "00:00:01", ["Navi:Issuer:PollSeconds"] = "1" });
        using var browser = await navi.SignedInAsync();
        var device = await Device.BeginAsync(navi.Http);
        string? error = null;
        await Wait.UntilAsync(
            async () =>
            {
                await device.PassAsync(navi, 3600);
                error = Device.Error(await device.AskAsync());
                return error != "authorization_pending";
            }, () => $"still {error}");
        Assert.Equal("expired_token", error);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.GetAsync($"/connect/verify?user_code={device.UserCode}")).Status);
    }

    [Fact]
    public async Task Approval_ByAnotherBrowser_IsRefused()
    {
        await using var navi = await IssuerSlice.StartAsync();
        using var ada = await navi.SignedInAsync();
        using var bob = await navi.SignedInAsync(IssuerSlice.Bob);
        using var nobody = new Browser(navi.Http.BaseAddress!);
        var device = await Device.BeginAsync(navi.Http, hint: "local");
        var page = await ada.GetAsync($"/connect/verify?user_code={device.UserCode}");
        var form = new Dictionary<string, string>(page.Hidden) { ["decision"] = "approve" };
        // Nobody signed in: neither the page nor its form.
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync($"/connect/verify?user_code={device.UserCode}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsync("/connect/verify", form)).Status);
        // Somebody else, whom the device does not expect.
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.GetAsync($"/connect/verify?user_code={device.UserCode}")).Status);
        // Somebody else with the form of the right person's page, and without.
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.PostAsync("/connect/verify", form)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.PostAsync("/connect/verify", new(form) { ["proof"] = "" })).Status);
        // The right browser, made to send the form by another site, or by one that says nothing, or without its page.
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.PostAsync("/connect/verify", form, origin: "https://evil.example")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.PostAsync("/connect/verify", form, origin: "")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.PostAsync("/connect/verify", new(form) { ["proof"] = "x" })).Status);
        Assert.Equal("authorization_pending", Device.Error(await device.AskAsync()));
        Assert.Contains("Approved", (await ada.PostAsync("/connect/verify", form)).Text, StringComparison.Ordinal);
        await device.PassAsync(navi, 3600);
        Assert.Null(Device.Error(await device.AskAsync()));
    }

    [Fact]
    public async Task Approval_OfAHintByItself_IsForThatPersonAlone()
    {
        await using var navi = await IssuerSlice.StartAsync();
        using var bob = await navi.SignedInAsync(IssuerSlice.Bob);
        var mine = await Device.BeginAsync(navi.Http);
        var hidden = (await bob.GetAsync($"/connect/verify?user_code={mine.UserCode}")).Hidden;
        // Bob's own page for his own code, with another's code put in: the proof is of the code too.
        var others = await Device.BeginAsync(navi.Http, hint: "local");
        Assert.Equal(HttpStatusCode.Forbidden, (await bob.PostAsync("/connect/verify", new(hidden) { ["user_code"] = others.UserCode, ["decision"] = "approve" })).Status);
        Assert.Equal("authorization_pending", Device.Error(await others.AskAsync()));
    }

    [Fact]
    public async Task Session_ThatGuessesCodes_EndsWithTheTenth()
    {
        await using var navi = await IssuerSlice.StartAsync();
        using var browser = await navi.SignedInAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.GetAsync("/connect/verify?user_code=BBBB-BBBB")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/connect/verify?user_code=BBBB-BBBB")).Status);
    }

    [Fact]
    public async Task Pages_Always_LetNothingElseIn()
    {
        await using var navi = await IssuerSlice.StartAsync();
        using var browser = await navi.SignedInAsync();
        foreach (var path in new[] { "/connect/verify", "/connect/signin", "/connect/verify?done=approved" })
        {
            var page = await browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("default-src 'none'", page.Headers, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", page.Headers, StringComparison.Ordinal);
            Assert.Contains("no-store", page.Headers, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        }
        var device = await Device.BeginAsync(navi.Http, hint: "<b>x</b>");
        Assert.DoesNotContain("<b>x</b>", (await browser.GetAsync($"/connect/verify?user_code={device.UserCode}")).Text, StringComparison.Ordinal);
    }
}
