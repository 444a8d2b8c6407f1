using System.Net;
using System.Text.RegularExpressions;

namespace Navi.Functions.Tests.Identity.Issuer.Support;

/// <summary>One person's browser: keeps its cookies, follows redirects as a browser does, and says with every form where it comes from.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient http;

    public Browser(Uri navi)
    {
        Cookies = new CookieContainer();
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = navi };
    }

    public CookieContainer Cookies { get; }

    public async Task<Page> GetAsync(string path) => await FollowAsync(await http.GetAsync(path, TestContext.Current.CancellationToken));

    /// <param name="path">Where the form goes.</param>
    /// <param name="form">Its fields.</param>
    /// <param name="origin">What the browser says of the page; null for the right one, empty for nothing.</param>
    public async Task<Page> PostAsync(string path, Dictionary<string, string> form, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        if (origin != "")
            request.Headers.Add("Origin", origin ?? http.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return await FollowAsync(await http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>Signs in by a link, as a person does: opens it and presses the button.</summary>
    public async Task SignInAsync(string link)
    {
        var page = await GetAsync(link);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var done = await PostAsync("/connect/signin", page.Hidden);
        Assert.True(done.Status == HttpStatusCode.OK && done.Text.Contains("You are signed in", StringComparison.Ordinal), done.Text);
    }

    /// <summary>Opens the page of a code and answers.</summary>
    public async Task<Page> AnswerAsync(string userCode, string decision)
    {
        var page = await GetAsync($"/connect/verify?user_code={userCode}");
        Assert.True(page.Status == HttpStatusCode.OK, page.Text);
        return await PostAsync("/connect/verify", new(page.Hidden) { ["decision"] = decision });
    }

    public void Dispose() => http.Dispose();

    private async Task<Page> FollowAsync(HttpResponseMessage answer)
    {
        for (var hops = 0; answer.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.Redirect && hops < 10; hops++)
        {
            var next = answer.Headers.Location!;
            answer.Dispose();
            answer = await http.GetAsync(next, TestContext.Current.CancellationToken);
        }
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new Page(answer.StatusCode, text, Fields().Matches(text).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value)), answer.Headers.ToString() + answer.Content.Headers);
        }
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Fields();

    internal sealed record Page(HttpStatusCode Status, string Text, Dictionary<string, string> Hidden, string Headers);
}
