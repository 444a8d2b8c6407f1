using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Data;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Models;

/// <summary>Whole tasks with a simulated model behind each real protocol: scripted answers, failures on the way, a review, and sums that agree.</summary>
public sealed class SimulatedTaskTests
{
    private const string Prompt = "add a function sub to calc.py, with a test";

    private static readonly Scenario Script = new()
    {
        Turns =
        [
            Say("First I look, then I add the function and its test, then I run the tests.", Use("update_plan", new { steps = new[] { new { text = "look" }, new { text = "add sub" }, new { text = "test" } } }), Use("list_directory", new { path = "." })),
            Say("", Use("read_file", new { path = "calc.py" }), Use("read_file", new { path = "test_calc.py" }), Use("find_files", new { glob = "*.py" })),
            Say("", new ToolUse { Name = "read_file", ArgumentsText = """{"path": "calc.py", "start_line": """ }, Use("search_text", new { query = "def add" })),
            Say("Now the change.", Use("edit_file", new { path = "calc.py", old_text = "def add(a, b):", new_text = "def sub(a, b):\n    return a - b\n\n\ndef add(a, b):" }),
                Use("edit_file", new { path = "test_calc.py", old_text = "import add", new_text = "import add, sub" })),
            Say("", Use("edit_file", new { path = "test_calc.py", old_text = "    def test_add(self):", new_text = "    def test_sub(self):\n        self.assertEqual(sub(5, 3), 2)\n\n    def test_add(self):" }), Use("run_tests", new { })),
            Say("", Use("read_file", new { path = "calc.py" }), Use("file_info", new { path = "test_calc.py" })),
            Say("", Use("finish_task", new { status = "done", summary = "sub was added, with a test." })),
        ],
        Faults =
        [
            new Fault { Kind = FaultKind.RateLimited, Turn = 1, RetryAfter = 1 },
            new Fault { Kind = FaultKind.Cut, Turn = 4 },
        ],
    };

    [Theory]
    [InlineData("openai", "/v1")]
    [InlineData("azure_openai", "")]
    [InlineData("anthropic", "")]
    [InlineData("ollama", "")]
    public async Task Task_TwelveCallsOneMalformedOne429OneCut_CompletesAndTheSumsAgree(string kind, string path)
    {
        await using var server = await SimulatedProvider.StartAsync(Script);
        await using var slice = await Slice.StartAsync((_, _) => [], Entry(0, "simulated", kind, server.Address + path));
        await MakeProjectAsync(slice);
        var task = await slice.CreateAsync("simulated", task: Prompt);
        using var approved = await slice.DecideAsync(await ReviewAsync(slice, task), new { decision = "approve" });

        var ended = await slice.FinishedAsync(task);

        Assert.True(ended.GetProperty("stop_reason").GetString() == "completed", $"{ended}");
        Assert.Empty(server.Violations);
        Assert.Contains("def sub(a, b):", await slice.GitAsync("show", $"navi/{task}:calc.py"), StringComparison.Ordinal);
        var calls = ended.GetProperty("calls").EnumerateArray().Where(c => c.GetProperty("tool").GetString() is not ("model" or "finish_task") && !c.GetProperty("call_id").GetString()!.EndsWith("-model", StringComparison.Ordinal)).ToList();
        Assert.Equal((13, 1), (calls.Count, calls.Count(c => c.GetProperty("is_error").ValueKind == JsonValueKind.True)));
        Assert.Equal([429], server.Requests.Select(r => r.Status).Where(s => s != 200));
        Assert.Equal(["RateLimited", "Cut"], server.Requests.Where(r => r.Fault is not null).Select(r => r.Fault));
        await AssertSumsAsync(slice, server, task, ended);
    }

    [Fact]
    public async Task PrivateTask_ListedModelFailsAndRedirects_NoConnectionReachesTheOther()
    {
        await using var open = await SimulatedProvider.StartAsync(Script);
        await using var own = await SimulatedProvider.StartAsync(new Scenario
        {
            Turns = Script.Turns,
            Faults =
            [
                new Fault { Kind = FaultKind.ServerError, Turn = 0 },
                new Fault { Kind = FaultKind.Cut, Call = 2 },
                new Fault { Kind = FaultKind.Redirect, Call = 3, Location = open.Address + "/v1/chat/completions" },
            ],
        });
        var settings = Entry(0, "open", "openai", open.Address + "/v1");
        foreach (var (key, value) in Entry(1, "own", "openai", own.Address + "/v1"))
            settings[key] = value;
        settings["Navi:Models:Entries:1:Modes:0"] = "private";
        await using var slice = await Slice.StartAsync((_, _) => [], settings);
        using var created = await slice.Http.PostAsJsonAsync("/v1/tasks", new { repository = slice.Repository, task = "a task nobody else may see", mode = "private" });
        var task = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        var ended = await slice.FinishedAsync(task);

        Assert.Equal("failed", ended.GetProperty("stop_reason").GetString());
        Assert.Contains("redirect", $"{ended}", StringComparison.OrdinalIgnoreCase);
        Assert.Equal((0, 0), (open.Connections, open.Requests.Count));
        Assert.Equal(3, own.Requests.Count);
        Assert.Contains("a task nobody else may see", $"{own.Requests[0].Body}", StringComparison.Ordinal);
        Assert.Equal(["own"], (await RowsAsync<string>(slice, "SELECT DISTINCT provider FROM navi.llm_metrics WHERE task_id = @task", task)));
    }

    private static async Task AssertSumsAsync(Slice slice, SimulatedProvider server, Guid task, JsonElement ended)
    {
        var attempts = Assert.Single(await RowsAsync<Sums>(
            slice,
            """
            SELECT count(*) AS calls, count(*) FILTER (WHERE status <> 'ok') AS failed, sum(input_tokens)::bigint AS input, sum(cached_input_tokens)::bigint AS cached, sum(output_tokens)::bigint AS output,
              sum(coalesce(input_cost, 0) + coalesce(output_cost, 0)) AS cost
            FROM navi.llm_metrics WHERE task_id = @task
            """, task));
        var answered = Assert.Single(await RowsAsync<Sums>(
            slice, "SELECT count(*) AS calls, 0::bigint AS failed, sum(input_tokens)::bigint AS input, sum(cached_input_tokens)::bigint AS cached, sum(output_tokens)::bigint AS output, 0::numeric AS cost FROM navi.llm_metrics WHERE task_id = @task AND status = 'ok'", task));
        var summed = Assert.Single(await RowsAsync<Sums>(
            slice, "SELECT model_attempts::bigint AS calls, failed_attempts::bigint AS failed, input_tokens AS input, cached_input_tokens AS cached, output_tokens AS output, cost FROM navi.task_metrics WHERE task_id = @task", task));
        var total = (await slice.Http.GetFromJsonAsync<JsonElement>("/v1/costs?group=task")).GetProperty("total");
        var told = new Sums(Number(total, "calls"), Number(total, "failed_calls"), Number(total, "input_tokens"), Number(total, "cached_input_tokens"), Number(total, "output_tokens"), total.GetProperty("cost").GetDecimal());

        TestContext.Current.TestOutputHelper?.WriteLine($"llm_metrics {attempts}; task_metrics {summed}; /v1/costs {told}; answered {answered}");
        Assert.Equal(attempts, summed);
        Assert.Equal(attempts, told);
        Assert.Equal((attempts.Input, attempts.Output, attempts.Cost), (Number(ended, "input_tokens"), Number(ended, "output_tokens"), ended.GetProperty("cost").GetDecimal()));
        Assert.Equal((9, 2), (attempts.Calls, attempts.Failed));
        Assert.True(attempts.Cost > 0);
        // What the provider billed for whole answers is what NAVI has on record for them.
        var billed = server.Requests.Where(r => r.Usage is not null).Select(r => r.Usage!).ToList();
        Assert.Equal((billed.Count, billed.Sum(u => u.Input), billed.Sum(u => u.Output)), ((int)answered.Calls, (int)answered.Input, (int)answered.Output));
    }

    private static long Number(JsonElement from, string name) => from.GetProperty(name).GetInt64();

    private static async Task<List<T>> RowsAsync<T>(Slice slice, string sql, Guid task) =>
        (await slice.Services.GetRequiredService<NaviDatabase>().RunAsync(Scope.System, c => c.QueryAsync<T>(sql, new { task }), CancellationToken.None)).AsList();

    private static async Task<JsonElement> ReviewAsync(Slice slice, Guid task)
    {
        var gate = await slice.PendingAsync(task);
        Assert.Equal("review", gate.GetProperty("kind").GetString());
        return gate;
    }

    private static async Task MakeProjectAsync(Slice slice)
    {
        await File.WriteAllTextAsync(Path.Combine(slice.Repository, "calc.py"), "def add(a, b):\n    return a + b\n");
        await File.WriteAllTextAsync(
            Path.Combine(slice.Repository, "test_calc.py"), "import unittest\n\nfrom calc import add\n\n\nclass CalcTest(unittest.TestCase):\n    def test_add(self):\n        self.assertEqual(add(2, 3), 5)\n");
        await slice.GitAsync("add", "-A");
        await slice.GitAsync("-c", "user.name=T", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", "project");
    }

    private static Dictionary<string, string?> Entry(int index, string name, string kind, string endpoint) => new()
    {
        ["Navi:Models:RetryDelay"] = "00:00:00.010", [$"Navi:Models:Entries:{index}:Name"] = name, [$"Navi:Models:Entries:{index}:Kind"] = kind, [$"Navi:Models:Entries:{index}:Endpoint"] = endpoint,
        [$"Navi:Models:Entries:{index}:Model"] = "some-model", [$"Navi:Models:Entries:{index}:ApiKey"] = "some-key", [$"Navi:Models:Entries:{index}:Prices:Input"] = "2.5",
        [$"Navi:Models:Entries:{index}:Prices:CachedInput"] = "0.25", [$"Navi:Models:Entries:{index}:Prices:Output"] = "10",
    };

    private static Turn Say(string text, params ToolUse[] calls) => new() { Text = text, Calls = calls };

    private static ToolUse Use(string name, object arguments) => new() { Name = name, Arguments = JsonSerializer.SerializeToElement(arguments) };

    private sealed record Sums(long Calls, long Failed, long Input, long Cached, long Output, decimal Cost);
}
