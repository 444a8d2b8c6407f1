using System.Net;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Orchestrations.Probe;
using Navi.Platform.Data;
using Navi.Platform.Telemetry;
using Navi.Testing.Service;
using Npgsql;

namespace Navi.Functions.Tests.Telemetry;

/// <summary>The synthetic probe on the whole of NAVI.</summary>
public sealed class ProbeTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("navi-probe-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Probe_OfAHealthyInstallation_SucceedsAndTellsWhen()
    {
        var repository = await RepositoryAsync();
        await using var navi = await Slice.StartAsync((_, _) => [], Settings(repository));
        Assert.True(await RunAsync(navi));
        var metrics = await navi.Http.GetStringAsync("/metrics", Stop);
        Assert.Contains("navi_probe_runs_total{outcome=\"ok\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_probe_duration_seconds_count 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_probe_last_success_timestamp_seconds 1", metrics, StringComparison.Ordinal);
        // The objectives of people's tasks are not its business.
        Assert.DoesNotContain("navi_tasks_total{", metrics, StringComparison.Ordinal);
        // Switched off it is not silent, and somebody of that name elsewhere is no probe.
        var services = navi.Services;
        Assert.Empty(await Gauge(new ProbeOptions(), services.GetRequiredService<IOptions<TelemetryOptions>>().Value.Organisation).ReadAsync(Stop));
        Assert.Empty(await Gauge(new ProbeOptions { Repository = repository }, "elsewhere").ReadAsync(Stop));

        ProbeTasks Gauge(ProbeOptions probe, string organisation) => new(
            services.GetRequiredService<NaviDatabase>(), Options.Create(probe), Options.Create(new TelemetryOptions { Organisation = organisation }));
    }

    [Fact]
    public async Task Probe_OfARepositoryThatIsGone_Fails()
    {
        await using var navi = await Slice.StartAsync((_, _) => [], Settings(Path.Combine(directory.FullName, "gone")));
        Assert.False(await RunAsync(navi));
        var metrics = await navi.Http.GetStringAsync("/metrics", Stop);
        Assert.Contains("navi_probe_runs_total{outcome=\"failed\"} 1\n", metrics, StringComparison.Ordinal);
        // Since when it tries: the alert on its silence has something to count from.
        Assert.Contains("navi_probe_last_success_timestamp_seconds 1", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ByTheApi_AnswersHowItEnded()
    {
        var repository = await RepositoryAsync();
        await using var navi = await Slice.StartAsync((_, _) => [], Settings(repository));
        using var good = await navi.Http.PostAsync("/v1/probe", null, Stop);
        var outcome = JsonElement.Parse(await good.Content.ReadAsStringAsync(Stop));
        Assert.Equal((HttpStatusCode.OK, true, "ok"), (good.StatusCode, outcome.GetProperty("ok").GetBoolean(), outcome.GetProperty("outcome").GetString()));
        Directory.Move(repository, repository + "-away");
        using var bad = await navi.Http.PostAsync("/v1/probe", null, Stop);
        Directory.Move(repository + "-away", repository);
        outcome = JsonElement.Parse(await bad.Content.ReadAsStringAsync(Stop));
        Assert.Equal((HttpStatusCode.OK, false, "failed"), (bad.StatusCode, outcome.GetProperty("ok").GetBoolean(), outcome.GetProperty("outcome").GetString()));
        Assert.Contains("navi_probe_runs_total{outcome=\"failed\"} 1\n", await navi.Http.GetStringAsync("/metrics", Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutARepository_NamesTheSetting()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        using var answer = await navi.Http.PostAsync("/v1/probe", null, Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Navi:Probe:Repository", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_WithOldTasks_RemovesThemAndTheirWorkspaces()
    {
        var repository = await RepositoryAsync();
        await using var navi = await Slice.StartAsync((_, _) => [], Settings(repository));
        Assert.True(await RunAsync(navi));
        await using (var connection = new NpgsqlConnection(navi.ConnectionString))
        {
            await connection.OpenAsync(Stop);
            await using var age = new NpgsqlCommand("UPDATE navi.tasks SET finished_at = finished_at - interval '2 days'", connection);
            Assert.Equal(1, await age.ExecuteNonQueryAsync(Stop));
        }
        Assert.Single(Workspaces());
        Assert.True(await RunAsync(navi));
        var kept = Assert.Single((await navi.TasksAsync()).EnumerateArray()).GetProperty("id").GetString();
        Assert.Equal([kept], Workspaces());

        string[] Workspaces() => [.. Directory.GetDirectories(Path.Combine(Path.GetDirectoryName(navi.Repository)!, "home", "workspaces")).Select(d => Path.GetFileName(d)!)];
    }

    [Fact]
    public async Task Probe_WithoutARepository_DoesNotRun()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        Assert.Null(await RunAsync(navi));
        Assert.DoesNotContain("navi_probe_last_success", await navi.Http.GetStringAsync("/metrics", Stop), StringComparison.Ordinal);
    }

    public void Dispose() => directory.Delete(recursive: true);

    // These tests run the probe themselves: its timer, which comes every five minutes, would be counted with them.
    private static Dictionary<string, string?> Settings(string repository) => new() { ["Navi:Probe:Repository"] = repository, ["AzureWebJobs:RunProbe:Disabled"] = "true" };

    private static async Task<bool?> RunAsync(Slice navi) => (await navi.Services.GetRequiredService<SyntheticProbe>().RunAsync(navi.Services.GetRequiredService<DurableTaskClient>(), Stop))?.Ok;

    private async Task<string> RepositoryAsync()
    {
        await File.WriteAllTextAsync(
            Path.Combine(directory.FullName, "test_probe.py"), "import unittest\n\nclass Probe(unittest.TestCase):\n    def test_sum(self):\n        self.assertEqual(2, 1 + 1)\n", Stop);
        await Slice.GitAtAsync(directory.FullName, "init", "-q", "-b", "main");
        await Slice.GitAtAsync(directory.FullName, "add", "-A");
        await Slice.GitAtAsync(directory.FullName, "-c", "user.name=T", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", "first");
        return directory.FullName;
    }
}
