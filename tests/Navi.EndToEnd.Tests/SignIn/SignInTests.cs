using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.EndToEnd.Tests.Cli;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.SignIn;

/// <summary>The real command against the real service: a person signs in on another machine with a browser, and an administrator gives CI its own credentials.</summary>
public sealed partial class SignInTests : IAsyncLifetime
{
    private Installation navi = null!;
    private Service service = null!;
    private string server = "";

    public async ValueTask InitializeAsync()
    {
        navi = await Installation.CreateAsync();
        navi.Environment["Navi__Issuer__PollSeconds"] = "1";
        service = await navi.UpAsync();
        server = service.Http.BaseAddress!.ToString().TrimEnd('/');
    }

    public ValueTask DisposeAsync() => navi.DisposeAsync();

    [Fact]
    public async Task Login_ConfirmedInABrowserSignedInByALink_WorksUntilLogout()
    {
        using var browser = await SignedInAsync();
        await using var login = NaviProcess.Start(Elsewhere(), navi.Place("."), "login", "--url", server, "--no-browser");
        await login.PrintsAsync("enter the code");
        await ConfirmAsync(browser, Code().Match(login.Output).Value);
        Assert.Equal(0, await login.ExitCodeAsync());
        Assert.Contains($"Signed in at {server}", login.Output);
        var me = JsonElement.Parse(await RunAsync(0, "whoami", "--url", server, "--json"));
        Assert.Equal(("local", "person"), (me.GetProperty("user").GetString(), me.GetProperty("kind").GetString()));
        // Restarted in between: keys, sign-in and sessions are the database's.
        await service.KillAsync();
        service = await navi.UpAsync();
        var moved = service.Http.BaseAddress!.ToString().TrimEnd('/');
        var logins = await File.ReadAllTextAsync(Path.Combine(navi.Place("elsewhere"), "logins.json"));
        await File.WriteAllTextAsync(Path.Combine(navi.Place("elsewhere"), "logins.json"), logins.Replace(server, moved, StringComparison.Ordinal));
        server = moved;
        Assert.Contains("local", await RunAsync(0, "whoami", "--url", server));
        Assert.Contains("Signed out", await RunAsync(0, "logout", "--url", server));
        await RunAsync(1, "whoami", "--url", server);
    }

    [Fact]
    public async Task Login_Denied_ExitsOne()
    {
        using var browser = await SignedInAsync();
        await using var login = NaviProcess.Start(Elsewhere(), navi.Place("."), "login", "--url", server, "--no-browser");
        await login.PrintsAsync("enter the code");
        await ConfirmAsync(browser, Code().Match(login.Output).Value, "deny");
        Assert.Equal(1, await login.ExitCodeAsync());
        Assert.Contains("denied", login.Error);
    }

    [Fact]
    public async Task ServiceClient_MadeListedUsedAndRevoked_ByTheCommand()
    {
        var made = await navi.RunAsync(["token", "create", "nightly", "--role", "caller"]);
        Assert.True(made.ExitCode == 0, made.All);
        var (id, secret) = (Value("NAVI_CLIENT_ID"), Value("NAVI_CLIENT_SECRET"));
        Assert.Contains("nightly", (await navi.RunAsync(["token", "list"])).Output);
        var environment = new Dictionary<string, string>(Elsewhere()) { ["NAVI_CLIENT_ID"] = id, ["NAVI_CLIENT_SECRET"] = secret };
        await using (var me = NaviProcess.Start(environment, navi.Place("."), "whoami", "--url", server))
        {
            Assert.Equal(0, await me.ExitCodeAsync());
            Assert.Contains(id, me.Output);
        }
        Assert.Equal(0, (await navi.RunAsync(["token", "revoke", id])).ExitCode);
        await using var refused = NaviProcess.Start(environment, navi.Place("."), "whoami", "--url", server);
        Assert.Equal(1, await refused.ExitCodeAsync());

        string Value(string name) => made.Output.Split('\n').Single(l => l.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..].Trim();
    }

    private async Task<string> RunAsync(int exitCode, params string[] arguments)
    {
        await using var process = NaviProcess.Start(Elsewhere(), navi.Place("."), arguments);
        Assert.True(exitCode == await process.ExitCodeAsync(), process.Output + process.Error);
        return process.Output;
    }

    // A machine that has nothing of the one where NAVI runs.
    private Dictionary<string, string> Elsewhere() => new() { ["NAVI_HOME"] = navi.Place("elsewhere-home"), ["NAVI_CONFIG_HOME"] = navi.Place("elsewhere"), ["NO_COLOR"] = "1" };

    private async Task<HttpClient> SignedInAsync()
    {
        var link = await navi.RunAsync(["login", "--link"]);
        Assert.True(link.ExitCode == 0, link.All);
        var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(server) };
        browser.DefaultRequestHeaders.Add("Origin", server);
        var page = await browser.GetStringAsync(new Uri(link.Output.Trim()));
        using var done = await browser.PostAsync("/connect/signin", new FormUrlEncodedContent(Fields(page)));
        Assert.Contains("You are signed in", await done.Content.ReadAsStringAsync());
        return browser;
    }

    private static async Task ConfirmAsync(HttpClient browser, string code, string decision = "approve")
    {
        var page = await browser.GetStringAsync($"/connect/verify?user_code={code}");
        using var done = await browser.PostAsync("/connect/verify", new FormUrlEncodedContent(new Dictionary<string, string>(Fields(page)) { ["decision"] = decision }));
        Assert.Contains(decision == "approve" ? "Approved" : "Denied", await done.Content.ReadAsStringAsync());
    }

    private static Dictionary<string, string> Fields(string page) => Hidden().Matches(page).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));

    [GeneratedRegex("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}")]
    private static partial Regex Code();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">")]
    private static partial Regex Hidden();
}
