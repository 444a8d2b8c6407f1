using System.Text.Json;
using Dapper;
using Navi.Platform.Data;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Models;

/// <summary>The real <c>navi</c> with a simulated model: a kill in the middle of an answer, and what <c>navi cost</c> says in the end.</summary>
public sealed class SimulatedModelTests
{
    [Fact]
    public async Task Kill_InTheMiddleOfAnAnswer_TheTaskGoesOnAndTheCostsHaveBothAttempts()
    {
        await using var server = await SimulatedProvider.StartAsync(new Scenario
        {
            Turns =
            [
                Say(Use("read_file", new { path = "calc.py" })),
                Say(Use("edit_file", new { path = "README.md", old_text = "Use `add_numbers`.", new_text = "Use `add_numbers` for two numbers." })),
                Say(Use("run_tests", new { })),
                Say(Use("finish_task", new { status = "done", summary = "The manual says it." })),
            ],
            Faults = [new Fault { Kind = FaultKind.HangMiddle, Turn = 1 }],
        });
        await using var navi = await Installation.CreateAsync();
        foreach (var (name, value) in new[] { ("Name", "simulated"), ("Kind", "anthropic"), ("Endpoint", server.Address), ("Model", "some-model"), ("ApiKey", "some-key"), ("Prices__Input", "3"), ("Prices__Output", "15") })
            navi.Environment[$"Navi__Models__Entries__0__{name}"] = value;
        var repository = Repositories.Python(navi.Place("repository"));
        var first = await navi.UpAsync();
        var task = await first.CreateTaskAsync(repository, "say in the manual what add_numbers is for", preApprove: true);
        await Wait.UntilAsync(() => Task.FromResult(server.Requests.Any(r => r.Fault is not null)), () => $"the model was not asked\n{first.Printed}");
        await first.KillAsync();

        var second = await navi.UpAsync();
        var ended = await second.FinishedAsync(task);

        Assert.True(ended.GetProperty("stop_reason").GetString() == "completed", $"{ended}\n{second.Printed}");
        Assert.Empty(server.Violations);
        await using var database = navi.OpenDatabase();
        var attempts = (await database.RunAsync(Scope.System, c => c.QueryAsync<(int Step, int Number, string Status)>(
            "SELECT step, attempt, status FROM navi.llm_metrics WHERE task_id = @task ORDER BY step, attempt", new { task }), CancellationToken.None)).AsList();
        Assert.Equal([(0, 1, "ok"), (1, 1, "interrupted"), (1, 2, "ok"), (2, 1, "ok"), (3, 1, "ok")], attempts);
        var recorded = await database.RunAsync(Scope.System, c => c.QuerySingleAsync<(long Calls, long Failed, long Input, long Output, decimal Cost)>(
            """
            SELECT count(*), count(*) FILTER (WHERE status <> 'ok'), sum(input_tokens)::bigint, sum(output_tokens)::bigint, sum(coalesce(input_cost, 0) + coalesce(output_cost, 0))
            FROM navi.llm_metrics
            """), CancellationToken.None);
        var summed = await database.RunAsync(Scope.System, c => c.QuerySingleAsync<(long Calls, long Failed, long Input, long Output, decimal Cost)>(
            "SELECT model_attempts::bigint, failed_attempts::bigint, input_tokens, output_tokens, cost FROM navi.task_metrics WHERE task_id = @task", new { task }), CancellationToken.None);
        var printed = await navi.RunAsync(["cost", "--by", "task", "--json"]);
        Assert.True(printed.ExitCode == 0, printed.Errors);
        var total = JsonElement.Parse(printed.Output).GetProperty("total");
        var told = (Number("calls"), Number("failed_calls"), Number("input_tokens"), Number("output_tokens"), total.GetProperty("cost").GetDecimal());
        TestContext.Current.TestOutputHelper?.WriteLine($"llm_metrics {recorded}; task_metrics {summed}; navi cost {told}");
        Assert.Equal(recorded, summed);
        Assert.Equal(recorded, told);
        Assert.Equal((5, 1), (recorded.Calls, recorded.Failed));
        Assert.True(recorded.Cost > 0);

        long Number(string name) => total.GetProperty(name).GetInt64();
    }

    private static Turn Say(params ToolUse[] calls) => new() { Calls = calls };

    private static ToolUse Use(string name, object arguments) => new() { Name = name, Arguments = JsonSerializer.SerializeToElement(arguments) };
}
