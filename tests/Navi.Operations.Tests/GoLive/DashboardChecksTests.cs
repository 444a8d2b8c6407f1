using System.Text.Json.Nodes;
using Navi.Cli.GoLive;
using Navi.Cli.GoLive.Checks;
using Navi.Cli.SignIn;
using Navi.Drills.Servers;

namespace Navi.Operations.Tests.GoLive;

/// <summary>The item of Grafana's dashboards, against what answers as Grafana does.</summary>
public sealed class DashboardChecksTests : IAsyncLifetime
{
    private SimulatedGrafana grafana = null!;

    public async ValueTask InitializeAsync() => grafana = await SimulatedGrafana.StartAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => grafana.DisposeAsync();

    [Fact]
    public async Task Deployed_DashboardsOfTheRelease_Passes()
    {
        var verdict = await LookAsync(grafana.Token);
        Assert.Equal(GoLiveState.Passed, verdict.State);
        Assert.Matches(@"^Grafana has navi-errors \(\d+ queries\), navi-llm \(\d+ queries\), navi-overview \(\d+ queries\), navi-tasks \(\d+ queries\)$", verdict.Evidence);
    }

    [Fact]
    public async Task Deployed_MissingDashboards_NamesAllOfThem()
    {
        grafana.Delete("navi-errors");
        grafana.Delete("navi-tasks");
        Assert.Equal(Verdict.Failed("Grafana has no navi-errors, navi-tasks"), await LookAsync(grafana.Token));
    }

    [Fact]
    public async Task Deployed_DashboardOfAnotherRelease_CountsItsLostQueries()
    {
        var dashboard = grafana.Delete("navi-llm");
        var targets = dashboard["panels"]!.AsArray().Where(p => p!["targets"] is not null).Select(p => p!["targets"]!.AsArray()).ToList();
        targets[0][0]!["expr"] = "sum(navi_something_else)";
        targets[1].RemoveAt(0);
        grafana.Save(dashboard);
        var verdict = await LookAsync(grafana.Token);
        Assert.Equal(GoLiveState.Failed, verdict.State);
        Assert.Matches("^navi-llm lacks 2 of [0-9]+ queries of this release$", verdict.Evidence);
    }

    [Fact]
    public async Task Deployed_PanelsThatOthersAddedAndRowsOfPanels_Passes()
    {
        var dashboard = grafana.Delete("navi-llm");
        dashboard["panels"] = new JsonArray(new JsonObject { ["type"] = "row", ["collapsed"] = true, ["panels"] = dashboard["panels"]!.DeepClone() }, new JsonObject { ["type"] = "text" });
        grafana.Save(dashboard);
        Assert.Equal(GoLiveState.Passed, (await LookAsync(grafana.Token)).State);
    }

    [Theory]
    [InlineData(null, "401: Unauthorized")]
    [InlineData("glsa_wrong", "401: Invalid API key")]
    public async Task Deployed_NoTokenOrAWrongOne_SaysWhichIsNeeded(string? token, string said)
    {
        var failure = await Assert.ThrowsAsync<GoLiveFailure>(() => LookAsync(token));
        Assert.Equal($"Grafana answered api/dashboards/uid/navi-errors with {said} (NAVI_GRAFANA_TOKEN must be the token of a service account that may read these dashboards)", failure.Message);
        Assert.DoesNotContain("glsa_", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deployed_TokenWithoutPermission_SaysWhichOne()
    {
        var failure = await Assert.ThrowsAsync<GoLiveFailure>(() => LookAsync(grafana.TokenWithoutPermission));
        Assert.Contains("with 403: You'll need additional permissions to perform this action. Permissions needed: dashboards:read (NAVI_GRAFANA_TOKEN", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deployed_GrafanaBelowAnotherPath_IsNoMissingDashboard()
    {
        // Grafana's own word for a path that it does not have.
        var failure = await Assert.ThrowsAsync<GoLiveFailure>(() => LookAsync(grafana.Token, "monitoring"));
        Assert.Equal("Grafana answered api/dashboards/uid/navi-errors with 404: Not found", failure.Message);
    }

    [Fact]
    public async Task Deployed_GrafanaThatDoesNotAnswer_SaysHowLongItWaited()
    {
        grafana.IsStuck = true;
        var failure = await Assert.ThrowsAsync<GoLiveFailure>(() => LookAsync(grafana.Token, limit: TimeSpan.FromSeconds(1)));
        Assert.Equal("Grafana did not answer api/dashboards/uid/navi-errors within 1 s", failure.Message);
    }

    private async Task<Verdict> LookAsync(string? token, string path = "", TimeSpan? limit = null)
    {
        using var target = new GoLiveTarget(new Uri("http://127.0.0.1:1"), new FixedToken(null), TimeSpan.FromSeconds(1)) { Grafana = new MonitoringApi("Grafana", new Uri(grafana.Address, path), token, limit ?? TimeSpan.FromMinutes(1)) };
        return await DashboardChecks.DeployedAsync(target, TestContext.Current.CancellationToken);
    }
}
