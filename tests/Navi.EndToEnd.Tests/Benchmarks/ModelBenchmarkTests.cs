using System.Text.Json;
using Navi.Benchmarks.Model;
using Navi.Benchmarks.Model.Kinds;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Benchmarks;

/// <summary>The benchmark of models: with the simulated one, its bounds, and that its checks can fail.</summary>
public sealed class ModelBenchmarkTests
{
    [Fact]
    public async Task Model_OneTaskOfEachKind_IsDeliveredAndSaysThatNoRealModelTookPart()
    {
        using var program = new BenchmarkProgram();
        var (code, output, error) = await program.RunAsync("model", "--runs", "5", "--at-once", "5", "--provider", "simulated", "--json", "--write", "--into", program.Place("docs"));
        Assert.True(code == 0, error + output);
        var lines = Lines(output);
        Assert.StartsWith("Simulated provider: no real model takes part", lines[0].GetProperty("model").GetString());
        Assert.Equal(TaskKinds.All.Select(k => k.Name).Order(), lines[1..6].Select(l => l.GetProperty("kind").GetString()).Order());
        var summary = lines[6];
        Assert.Equal((5, 5, 0), (summary.GetProperty("begun").GetInt32(), summary.GetProperty("delivered").GetInt32(), summary.GetProperty("false_completions").GetInt32()));
        Assert.Equal(TaskKinds.All.Sum(k => k.Solution.Count), summary.GetProperty("attempts").GetInt32());
        Assert.Equal(summary.GetProperty("attempts").GetInt32(), summary.GetProperty("step").GetProperty("count").GetInt32());
        Assert.True(summary.GetProperty("cost_usd").GetDecimal() > 0);
        Assert.Contains("### Simulated provider: no real model takes part", await File.ReadAllTextAsync(program.Place("docs/PERFORMANCE_BENCHMARKS.md")));
        Assert.Empty(program.Left);
    }

    [Fact]
    public async Task Model_MoneyIsUsedUp_BeginsNothingMoreAndReportsWhatItHas()
    {
        using var program = new BenchmarkProgram();
        var (code, output, error) = await program.RunAsync("model", "--runs", "50", "--at-once", "2", "--max-usd", "0.01", "--json");
        Assert.True(code == 1, error + output);
        var summary = Lines(output)[^1];
        Assert.InRange(summary.GetProperty("begun").GetInt32(), 1, 20);
        Assert.True(summary.GetProperty("cost_usd").GetDecimal() >= 0.01m);
        Assert.EndsWith("of 0.01 US dollars are spent", summary.GetProperty("stopped").GetString());
        Assert.Empty(program.Left);
    }

    [Theory]
    [InlineData("fix-failing-test", "Its own tests fail")]
    [InlineData("add-function-with-test", "It is not what was asked")]
    [InlineData("rename-across-files", "It is not what was asked")]
    [InlineData("write-document", "It is not what was asked")]
    [InlineData("add-option", "It is not what was asked")]
    public async Task Check_WorkThatWasNotDone_IsNoDelivery(string name, string fault)
    {
        using var program = new BenchmarkProgram();
        var kind = TaskKinds.All.Single(k => k.Name == name);
        var repository = Repositories.Make(program.Place("repository"), kind.Files.ToDictionary());
        Assert.StartsWith(fault, await DeliveryCheck.FaultAsync(repository, "main", kind, program.Place("check"), CancellationToken.None));
        Assert.StartsWith("There is no branch navi/none", await DeliveryCheck.FaultAsync(repository, "navi/none", kind, program.Place("other"), CancellationToken.None));
    }

    [Fact]
    public async Task Check_TestsWereChangedInstead_IsNoDelivery()
    {
        using var program = new BenchmarkProgram();
        var repository = Repositories.Make(program.Place("repository"), FixFailingTest.Kind.Files.ToDictionary());
        File.WriteAllText(Path.Combine(repository, "test_stats.py"), "import unittest\n");
        Repositories.Commit(repository, "no tests, no failures");
        Assert.Equal("test_stats.py had to stay as it was.", await DeliveryCheck.FaultAsync(repository, "main", FixFailingTest.Kind, program.Place("check"), CancellationToken.None));
    }

    [Fact]
    public void Sums_FailedAttemptsAndFalseCompletions_AllCount()
    {
        var task = Guid.NewGuid();
        var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Attempt[] attempts =
        [
            new(task, 0, "p", "m", at, "rate_limited", 100, null, 0, 0, 0, 0m, at.AddSeconds(10)),
            new(task, 0, "p", "m", at.AddSeconds(1), null, 2000, 500, 10, 4, 5, 0.5m, at.AddSeconds(10)),
            new(task, 1, "p", "m", at.AddSeconds(4), null, 3000, 600, 20, 8, 6, null, at.AddSeconds(10)),
        ];
        var summary = ModelSums.Of(3, [new(1, "k", task, "completed", false, "no", 10, 1), new(2, "k", null, "not_created", false, "no", 1, 0)], attempts, TimeSpan.FromSeconds(11), "interrupted");
        Assert.Equal((2, 0, 1), (summary.Begun, summary.Delivered, summary.FalseCompletions));
        Assert.Equal((3, 1, 1, 30, 11, 0.5m), (summary.Attempts, summary.Throttled, summary.Unpriced, summary.InputTokens, summary.OutputTokens, summary.CostUsd));
        Assert.Equal(new Spread(3, 2, 3, 3, 3), summary.Call);
        Assert.Equal([4, 6], ModelSums.Steps(attempts));
    }

    private static List<JsonElement> Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l))];
}
