using System.Net;
using Navi.Functions.Tests.Identity.Issuer.Support;
using Navi.Testing;

namespace Navi.Functions.Tests.Identity.Issuer;

/// <summary>Links that sign a browser in, once.</summary>
public sealed class SignInLinkTests
{
    [Fact]
    public async Task Link_OpenedManyTimes_SignsInOnceWhenItsButtonIsPressed()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var link = await navi.LinkAsync();
        using var scanner = new Browser(navi.Http.BaseAddress!);
        using var ada = new Browser(navi.Http.BaseAddress!);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await scanner.GetAsync(link)).Status);
        Assert.Equal(0, scanner.Cookies.Count);
        var form = (await ada.GetAsync(link)).Hidden;
        // Another site's page can't sign this browser in as somebody.
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.PostAsync("/connect/signin", form, origin: "https://evil.example")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ada.PostAsync("/connect/signin", form, origin: "null")).Status);
        Assert.Equal(0, ada.Cookies.Count);
        Assert.Contains("You are signed in", (await ada.PostAsync("/connect/signin", form)).Text, StringComparison.Ordinal);
        var cookie = Assert.Single(ada.Cookies.GetAllCookies());
        Assert.True(cookie.HttpOnly);
        Assert.Equal(HttpStatusCode.Gone, (await scanner.PostAsync("/connect/signin", form)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await scanner.GetAsync(link)).Status);
    }

    [Fact]
    public async Task Link_UsedByTwentyAtOnce_SignsOneIn()
    {
        await using var navi = await IssuerSlice.StartAsync();
        var link = await navi.LinkAsync();
        using var reader = new Browser(navi.Http.BaseAddress!);
        var form = (await reader.GetAsync(link)).Hidden;
        var browsers = Enumerable.Range(0, 20).Select(_ => new Browser(navi.Http.BaseAddress!)).ToList();
        var pages = await Task.WhenAll(browsers.Select(b => b.PostAsync("/connect/signin", form)));
        Assert.Equal(1, pages.Count(p => p.Status == HttpStatusCode.OK));
        Assert.Equal(19, pages.Count(p => p.Status == HttpStatusCode.Gone));
        browsers.ForEach(b => b.Dispose());
    }

    [Fact]
    public async Task Link_NotUsedInTime_IsOver()
    {
        await using var navi = await IssuerSlice.StartAsync(new() { ["Navi:Issuer:LinkLifetime"] = "00:00:01" });
        var link = await navi.LinkAsync();
        using var browser = new Browser(navi.Http.BaseAddress!);
        await Wait.UntilAsync(async () => (await browser.GetAsync(link)).Status == HttpStatusCode.Gone, () => "the link goes on");
        Assert.Equal(HttpStatusCode.Gone, (await browser.PostAsync("/connect/signin", new() { ["link"] = link[(link.IndexOf("link=", StringComparison.Ordinal) + 5)..] })).Status);
    }

    [Fact]
    public async Task SignOut_ByTheOwnPageAlone_EndsTheSession()
    {
        await using var navi = await IssuerSlice.StartAsync();
        using var browser = await navi.SignedInAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/connect/signout", new() { ["proof"] = "x" })).Status);
        var form = (await browser.GetAsync("/connect/signin")).Hidden;
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync("/connect/signout", form)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/connect/signin")).Status);
        Assert.Equal(0L, await navi.SqlAsync("SELECT count(*) FROM navi.browser_sessions"));
    }
}
