using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Navi.Testing;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Telemetry;

/// <summary>What the work of a real task leaves in /metrics.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_AfterAnApprovedTask_CountWhatItDid()
    {
        await using var navi = await Slice.StartAsync((turn, _) => turn switch
        {
            0 => [("write_file", new { path = "b.txt", content = "two\n" })],
            1 => [("finish_task", new { status = "done", summary = "finished" })],
            _ => [],
        });
        var task = await navi.CreateAsync();
        using (var answer = await navi.DecideAsync(await navi.PendingAsync(task), new { decision = "approve" }))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var ended = (await navi.FinishedAsync(task)).GetProperty("stop_reason").GetString();
        var metrics = await ReadAsync(navi, m => m.Contains("navi_tasks_total{", StringComparison.Ordinal));

        Assert.Contains($"navi_tasks_total{{stop_reason=\"{ended}\"}} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"navi_task_duration_seconds_count{{stop_reason=\"{ended}\"}} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_task_first_event_seconds_count 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_task_model_turns_sum 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_model_calls_total{model=\"scripted\",provider=\"scripted\",status=\"ok\"} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_model_tokens_total{model=\"scripted\",kind=\"input\"} 20\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_tool_calls_total{tool=\"write_file\",effect=\"Workspace\",status=\"ok\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_checkpoints_total{outcome=\"approved\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_checkpoint_delivery_seconds_count 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_http_requests_total{route=\"/v1/tasks\",method=\"POST\",status=\"201\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_tasks_open{status=\"waiting\"} 0\n", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_durable_backlog{kind=\"activities\"} ", metrics, StringComparison.Ordinal);
        Assert.Contains("navi_db_pool_max{instance=\"", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("navi_durable_turn_seconds_count 0\n", metrics, StringComparison.Ordinal);
        Assert.Equal("", await PromtoolAsync(metrics));
    }

    [Fact]
    public async Task Metrics_OfAnotherOrganisationsOperator_AreRefused()
    {
        var token = new string('o', 40);
        await using var navi = await Slice.StartAsync((_, _) => [], new Dictionary<string, string?>
        {
            ["Navi:Identity:Tokens:0:Sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token))),
            ["Navi:Identity:Tokens:0:User"] = "olga", ["Navi:Identity:Tokens:0:Organisation"] = "other", ["Navi:Identity:Tokens:0:Roles:0"] = "operator",
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await navi.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Navi:Telemetry:Organisation", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("navi_auth_failures_total{reason=\"unauthenticated\"} 1\n", await RefusedAsync(), StringComparison.Ordinal);

        async Task<string> RefusedAsync()
        {
            using var nobody = new HttpClient { BaseAddress = navi.Http.BaseAddress };
            using var refused = await nobody.GetAsync("/metrics");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            return await ReadAsync(navi, m => m.Contains("navi_auth_failures_total", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Metrics_SwitchedOff_AreNotThere()
    {
        await using var navi = await Slice.StartAsync((_, _) => [], new Dictionary<string, string?> { ["Navi:Telemetry:Enabled"] = "false" });
        using var answer = await navi.Http.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<string> ReadAsync(Slice navi, Func<string, bool> until)
    {
        var text = "";
        await Wait.UntilAsync(async () => until(text = await navi.Http.GetStringAsync("/metrics")), () => text);
        return text;
    }

    private static async Task<string> PromtoolAsync(string metrics)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = Task.WhenAll(promtool.StandardError.ReadToEndAsync(), promtool.StandardOutput.ReadToEndAsync());
        await promtool.StandardInput.WriteAsync(metrics);
        promtool.StandardInput.Close();
        await promtool.WaitForExitAsync();
        return string.Concat(await said);
    }
}
