using Navi.Testing;
using Npgsql;

namespace Navi.EndToEnd.Tests.Serving;

/// <summary>PostgreSQL by a token of the process's identity: a real server that takes the token as password, and a real process that gets it by each protocol.</summary>
public sealed class EntraTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("imds")]
    [InlineData("app-service")]
    [InlineData("workload")]
    public async Task Serve_TokenChangesWhileItRuns_EveryPoolConnectsWithTheNewOne(string protocol)
    {
        await using var identity = await IdentityService.StartAsync();
        await using var deployment = await CreateAsync(identity, protocol);
        await GiveAsync(deployment, identity, "first.token." + new string('a', 1500));
        var (process, http) = await deployment.ServeAsync();
        using (http)
        {
            await Wait.UntilAsync(async () => (await http.GetAsync("/readyz", Stop)).IsSuccessStatusCode, () => $"It is not ready: {process.Output}");
            await GiveAsync(deployment, identity, "second.token." + new string('b', 1500));
            await deployment.Database.DropConnectionsAsync();

            // The worker's lock and its wake-ups, the application's requests and the timers each have connections of their own.
            var seen = "";
            await Wait.UntilAsync(
                async () =>
                {
                    await http.GetAsync("/readyz", Stop);
                    seen = (string)(await deployment.Database.ScalarAsync($"SELECT coalesce(string_agg(DISTINCT application_name, ','), '') FROM pg_stat_activity WHERE usename = '{deployment.Database.Login}'"))!;
                    return new[] { "navi", "navi-durable", "navi-timers" }.All(seen.Split(',').Contains);
                }, () => $"Of the pools only these have connected again: {seen}\n{process.Output}");
            await Wait.UntilAsync(async () => (await http.GetAsync("/readyz", Stop)).IsSuccessStatusCode, () => $"It is not ready again: {process.Output}");
        }
        Assert.True(identity.Asked > 1);
        Assert.DoesNotContain("token.aaa", process.Output + process.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_ByToken_Works()
    {
        await using var identity = await IdentityService.StartAsync();
        await using var deployment = await CreateAsync(identity, "imds");
        await GiveAsync(deployment, identity, "the.token");

        var migrate = deployment.Start("migrate");

        Assert.True(await migrate.ExitCodeAsync() == 0, migrate.Error);
        Assert.Contains("applied durable 0001", migrate.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_DatabaseRefusesTheToken_SaysSoWithoutIt()
    {
        await using var identity = await IdentityService.StartAsync();
        await using var deployment = await CreateAsync(identity, "imds");
        identity.Token = "not.the.one";

        var migrate = deployment.Start("migrate");

        Assert.Equal(4, await migrate.ExitCodeAsync());
        Assert.Contains("password authentication failed", migrate.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not.the.one", migrate.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migrate_NoIdentity_SaysWhatIsMissing()
    {
        await using var identity = await IdentityService.StartAsync();
        await using var deployment = await CreateAsync(identity, "app-service");
        deployment.Environment["IDENTITY_HEADER"] = "another";

        var migrate = deployment.Start("migrate");

        Assert.Equal(4, await migrate.ExitCodeAsync());
        Assert.Contains("Entra ID gave no token for the database", migrate.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", migrate.Error, StringComparison.Ordinal);
    }

    private static async Task<Deployment> CreateAsync(IdentityService identity, string protocol)
    {
        var deployment = await Deployment.CreateAsync();
        var connection = new NpgsqlConnectionStringBuilder(deployment.Database.ConnectionString) { Password = null };
        deployment.Environment["Navi__Database__ConnectionString"] = connection.ConnectionString;
        deployment.Environment["Navi__Database__Authentication"] = "Entra";
        deployment.Environment["Navi__Database__TokenRefresh"] = "00:00:01";
        foreach (var (name, value) in Protocol(identity, deployment.Directory, protocol))
            deployment.Environment[name] = value;
        return deployment;
    }

    private static IEnumerable<(string, string)> Protocol(IdentityService identity, string directory, string protocol)
    {
        switch (protocol)
        {
            case "imds":
                return [("AZURE_POD_IDENTITY_AUTHORITY_HOST", identity.Http.ToString().TrimEnd('/'))];
            case "app-service":
                return [("IDENTITY_ENDPOINT", new Uri(identity.Http, "/msi/token").ToString()), ("IDENTITY_HEADER", IdentityService.Secret)];
            default:
                var (federated, authorities) = (Path.Combine(directory, "federated"), Path.Combine(directory, "authorities.pem"));
                File.WriteAllText(federated, IdentityService.Federated);
                File.WriteAllText(authorities, identity.CertificatePem);
                return [("AZURE_CLIENT_ID", "the-client"), ("AZURE_TENANT_ID", "the-tenant"), ("AZURE_FEDERATED_TOKEN_FILE", federated), ("AZURE_AUTHORITY_HOST", identity.Https.ToString()), ("SSL_CERT_FILE", authorities)];
        }
    }

    // From now on this token is given, and the server takes it and no other.
    private static async Task GiveAsync(Deployment deployment, IdentityService identity, string token)
    {
        await deployment.Database.SetPasswordAsync(token);
        identity.Token = token;
    }
}
