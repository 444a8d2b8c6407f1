using System.Text.Json.Nodes;
using Navi.EndToEnd.Tests.Cli;
using Navi.Platform.Hosting;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Serving;

public sealed class SmokeTests
{
    [Fact]
    public async Task Smoke_DeploymentThatWorks_PassesEveryCheckWithEvidence()
    {
        await using var deployment = await Deployment.CreateAsync();
        deployment.BecomeLocal();
        deployment.Environment["Navi__Probe__Repository"] = Repositories.Python(Path.Combine(deployment.Directory, "probe"));
        var checks = await RunAsync(deployment, 0, deployment.Token);

        Assert.Equal(["healthz", "readyz", "openapi", "refusal", "sign-in", "version", "metrics", "task"], checks.Select(c => c!["check"]!.ToString()));
        Assert.All(checks, c => Assert.True(c!["passed"]!.GetValue<bool>(), c.ToJsonString()));
        Assert.Contains("runtime ok", Evidence(checks, "readyz"), StringComparison.Ordinal);
        Assert.Equal("no token: 401, a wrong token: 401", Evidence(checks, "refusal"));
        Assert.Matches("^task [0-9a-f-]{36}: ", Evidence(checks, "task"));
    }

    [Fact]
    public async Task Smoke_NoProbeAndAWrongToken_FailsJustThere()
    {
        await using var deployment = await Deployment.CreateAsync();
        var checks = await RunAsync(deployment, 1, "a-token-that-is-wrong-a-token-that-is-wrong");

        Assert.Equal(["sign-in", "version", "metrics", "task"], checks.Where(c => !c!["passed"]!.GetValue<bool>()).Select(c => c!["check"]!.ToString()));
        Assert.Contains("401", Evidence(checks, "sign-in"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smoke_NothingConfiguredToProbe_SaysWhichSettingIsMissing()
    {
        await using var deployment = await Deployment.CreateAsync();
        var checks = await RunAsync(deployment, 1, deployment.Token);

        Assert.Equal("task", Assert.Single(checks, c => !c!["passed"]!.GetValue<bool>())!["check"]!.ToString());
        Assert.Contains("Navi:Probe:Repository", Evidence(checks, "task"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smoke_NobodyThere_FailsEverythingInTime()
    {
        await using var deployment = await Deployment.CreateAsync();
        var smoke = deployment.Start("smoke", "--url", "http://127.0.0.1:1", "--seconds", "20");
        Assert.Equal(1, await smoke.ExitCodeAsync());
        Assert.Contains("0 of 8 passed", smoke.Output, StringComparison.Ordinal);
        Assert.Equal(8, smoke.Output.Split("failed  ").Length - 1);
    }

    [Fact]
    public async Task Smoke_NoAddress_IsWrongUsage()
    {
        await using var deployment = await Deployment.CreateAsync();
        var smoke = deployment.Start("smoke");
        Assert.Equal(2, await smoke.ExitCodeAsync());
        Assert.Contains("--url", smoke.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smoke_ExpectedVersion_PassesOnlyWhenItRunsAndAloneOnlyOnceTheOthersHaveLeft()
    {
        await using var deployment = await Deployment.CreateAsync();
        var (_, http) = await deployment.ServeAsync();
        using (http)
        {
            await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
            var (running, commit) = (NaviVersion.Text, NaviVersion.Text.Split('+')[^1]);
            Assert.Equal((true, running), await VersionAsync(deployment, http, running));
            Assert.Equal((true, running), await VersionAsync(deployment, http, commit, "--alone"));
            Assert.Equal((false, $"{running} runs; it must be 0.0.9+older"), await VersionAsync(deployment, http, "0.0.9+older"));
            Assert.Equal((false, $"{running} runs; it must be 0.0.9+older alone"), await VersionAsync(deployment, http, "0.0.9+older", "--alone"));

            // A process of the release before, which has not left yet.
            await deployment.Database.ScalarAsync($"INSERT INTO navi.metric_instances (instance, sequence, gauges, seen_at) SELECT 'older', sequence, replace(gauges::text, '{running}', '0.0.9+older')::jsonb, clock_timestamp() FROM navi.metric_instances");
            var (beside, both) = await VersionAsync(deployment, http, running);
            Assert.True(beside && both.Contains("0.0.9+older", StringComparison.Ordinal), both);
            var (alone, said) = await VersionAsync(deployment, http, running, "--alone", "--seconds", "15");
            Assert.True(!alone && said.EndsWith($" run; it must be {running} alone", StringComparison.Ordinal), said);
            var waiting = VersionAsync(deployment, http, running, "--alone");
            await deployment.Database.ScalarAsync("DELETE FROM navi.metric_instances WHERE instance = 'older'");
            Assert.Equal((true, running), await waiting);
        }
    }

    [Fact]
    public async Task Smoke_TimeEndsWhileItAsksAgain_SaysWhichVersionsItHadSeen()
    {
        await using var cli = await Commands.CreateAsync();
        cli.Navi.Metrics.Enqueue("navi_build_info{version=\"0.2.0+new\"} 1\nnavi_build_info{version=\"0.1.0+old\"} 1\n");

        var smoke = await cli.RunAsync(1, "smoke", "--json", "--expect-version", "0.2.0+new", "--alone", "--seconds", "5");

        var checks = JsonNode.Parse(smoke.Output)!["checks"]!.AsArray();
        Assert.Empty(cli.Navi.Metrics);
        Assert.Equal("0.2.0+new, 0.1.0+old run; it must be 0.2.0+new alone", Evidence(checks, "version"));
    }

    [Theory]
    [InlineData("--alone")]
    [InlineData("--expect-version", "")]
    public async Task Smoke_NoVersionToExpect_IsWrongUsage(params string[] arguments)
    {
        await using var deployment = await Deployment.CreateAsync();
        var smoke = deployment.Start(["smoke", "--url", "http://127.0.0.1:1", .. arguments]);
        Assert.Equal(2, await smoke.ExitCodeAsync());
        Assert.Contains("--expect-version", smoke.Error, StringComparison.Ordinal);
    }

    private static async Task<(bool Passed, string Evidence)> VersionAsync(Deployment deployment, HttpClient http, string expected, params string[] further)
    {
        deployment.Environment["NAVI_TOKEN"] = deployment.Token;
        var smoke = deployment.Start(["smoke", "--json", "--url", http.BaseAddress!.ToString(), "--expect-version", expected, .. further]);
        await smoke.ExitCodeAsync();
        var check = JsonNode.Parse(smoke.Output)!["checks"]!.AsArray().Single(c => c!["check"]!.ToString() == "version")!;
        return (check["passed"]!.GetValue<bool>(), check["evidence"]!.ToString());
    }

    private static async Task<JsonArray> RunAsync(Deployment deployment, int expected, string token)
    {
        var (serving, http) = await deployment.ServeAsync();
        using (http)
        {
            deployment.Environment["NAVI_TOKEN"] = token;
            var smoke = deployment.Start("smoke", "--json", "--url", http.BaseAddress!.ToString());
            var code = await smoke.ExitCodeAsync();
            Assert.True(code == expected, $"Exit code {code} instead of {expected}: {smoke.Output} {smoke.Error} {serving.Output}");
            return JsonNode.Parse(smoke.Output)!["checks"]!.AsArray();
        }
    }

    private static string Evidence(JsonArray checks, string name) => checks.Single(c => c!["check"]!.ToString() == name)!["evidence"]!.ToString();
}
