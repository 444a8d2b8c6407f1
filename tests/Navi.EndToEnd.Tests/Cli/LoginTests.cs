namespace Navi.EndToEnd.Tests.Cli;

public sealed class LoginTests : IAsyncLifetime
{
    private Commands cli = null!;

    private string Logins => Path.Combine(cli.Environment["NAVI_CONFIG_HOME"], "logins.json");

    public async ValueTask InitializeAsync()
    {
        cli = await Commands.CreateAsync();
        cli.Environment.Remove("NAVI_TOKEN");
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task Login_PersonConfirms_KeepsTheTokensPrivateAndUsesThem()
    {
        cli.Navi.SignIn.Errors.Enqueue("authorization_pending");
        var login = await cli.RunAsync(0, "login");
        Assert.Contains("BCDF-GHJK", login.Output);
        Assert.Contains("/connect/verify", login.Output);
        Assert.DoesNotContain("access-", login.Output + login.Error);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Logins));
        Assert.Contains("acme", (await cli.RunAsync(0, "whoami")).Output);
        Assert.Equal("access-1", (await cli.RunAsync(0, "token", "show")).Output.Trim());
    }

    [Theory]
    [InlineData("access_denied", "denied")]
    [InlineData("expired_token", "expired")]
    public async Task Login_NotConfirmed_ExitsOneAndKeepsNothing(string error, string said)
    {
        cli.Navi.SignIn.Errors.Enqueue(error);
        Assert.Contains(said, (await cli.RunAsync(1, "login")).Error);
        Assert.False(File.Exists(Logins));
    }

    [Fact]
    public async Task Login_Interrupted_Exits130()
    {
        for (var i = 0; i < 100; i++)
            cli.Navi.SignIn.Errors.Enqueue("authorization_pending");
        var login = cli.Start("login");
        await login.PrintsAsync("BCDF-GHJK");
        await login.SignalAsync("INT");
        Assert.Equal(130, await login.ExitCodeAsync());
    }

    [Fact]
    public async Task Commands_TwoAtOnceWithAnEndedToken_RefreshOnce()
    {
        cli.Navi.SignIn.Lifetime = 1;
        await cli.RunAsync(0, "login");
        cli.Navi.SignIn.Lifetime = 600;
        await Task.WhenAll(cli.RunAsync(0, "whoami"), cli.RunAsync(0, "whoami"), cli.RunAsync(0, "whoami"));
        Assert.False(cli.Navi.SignIn.Reused);
        Assert.Single(cli.Navi.SignIn.Granted, "refresh_token");
    }

    [Fact]
    public async Task Commands_TokenIsRefused_RefreshAndTryAgainOnce()
    {
        await cli.RunAsync(0, "login");
        cli.Navi.Tokens.Clear();
        Assert.Contains("ada", (await cli.RunAsync(0, "whoami")).Output);
        Assert.Single(cli.Navi.SignIn.Granted, "refresh_token");
    }

    [Fact]
    public async Task Logout_SignedIn_RevokesAndDeletes()
    {
        await cli.RunAsync(0, "login");
        await cli.RunAsync(0, "logout");
        Assert.Equal("refresh-1", Assert.Single(cli.Navi.SignIn.Revoked));
        Assert.DoesNotContain("refresh-1", await File.ReadAllTextAsync(Logins, TestContext.Current.CancellationToken));
        Assert.Contains("navi login", (await cli.RunAsync(1, "whoami")).Error);
    }

    [Fact]
    public async Task Commands_ServiceClient_SignsInWithoutAPerson()
    {
        cli.Environment["NAVI_CLIENT_ID"] = "ci";
        cli.Environment["NAVI_CLIENT_SECRET"] = "s3cret";
        Assert.Contains("ada", (await cli.RunAsync(0, "whoami")).Output);
        cli.Environment["NAVI_CLIENT_SECRET"] = "wrong-one";
        var refused = await cli.RunAsync(1, "whoami");
        Assert.Contains("NAVI_CLIENT_ID and NAVI_CLIENT_SECRET", refused.Error);
        Assert.DoesNotContain("wrong-one", refused.Error);
    }
}
