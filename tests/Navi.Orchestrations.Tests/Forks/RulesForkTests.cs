using System.Text.Json;
using Navi.Testing.Service;

namespace Navi.Orchestrations.Tests.Forks;

/// <summary>The provider without a model goes on from its own steps, and begins other words, or another one's steps, at the beginning.</summary>
public sealed class RulesForkTests
{
    private const string Two = "replace \"one\" with \"two\" in *.txt then replace \"two\" with \"three\" in *.txt";

    [Theory]
    [InlineData("0-0", null, "three", 1)]
    [InlineData("1-0", null, "three", 0)]
    [InlineData("0-0", "replace \"two\" with \"four\" in *.txt", "four", 1)]
    [InlineData("1-0", "replace \"three\" with \"five\" in *.txt then replace \"five\" with \"six\" in *.txt", "six", 2)]
    public async Task Fork_OfRules_DoesWhatIsLeftAndNothingTwice(string callId, string? words, string expected, int own)
    {
        await using var slice = await Slice.StartAsync((_, _) => []);
        var origin = await slice.CreateAsync("rules", task: Two);
        await slice.PublishedAsync(origin);
        var before = await slice.StateAsync(origin);

        var fork = await slice.ForkAsync(origin, new { call_id = callId, task = words });
        var ended = await slice.PublishedAsync(fork);

        Assert.Equal(before, await slice.StateAsync(origin, fork));
        Assert.Equal(expected, await slice.GitAsync("show", $"navi/{fork}:a.txt"));
        Assert.Equal(own, Own(ended).Count(c => c.GetProperty("tool").GetString() == "replace_text"));
        Assert.All(Own(ended), c => Assert.Equal("done", c.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Fork_OfAModelsTaskToRules_BeginsTheWordsAnew()
    {
        // The model has made as many calls as the words have steps; counted as those, nothing would be left to do.
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("read_file", new { path = "a.txt" }), ("write_file", new { path = "b.txt", content = "one\n" })] : [("finish_task", new { status = "done", summary = "finished" })]);
        var origin = await slice.CreateAsync(task: Two);
        await slice.PublishedAsync(origin);

        var fork = await slice.ForkAsync(origin, new { provider = "rules" });
        await slice.PublishedAsync(fork);

        Assert.Equal("three", await slice.GitAsync("show", $"navi/{fork}:a.txt"));
        Assert.Equal("three", await slice.GitAsync("show", $"navi/{fork}:b.txt"));
    }

    [Fact]
    public async Task Fork_OfWhatRulesRefused_BeginsFromTheWorkspaceAlone()
    {
        await using var slice = await Slice.StartAsync((_, _) => []);
        var origin = await slice.CreateAsync("rules", task: "make it nicer");
        Assert.Equal("refused", (await slice.FinishedAsync(origin)).GetProperty("stop_reason").GetString());

        var fork = await slice.ForkAsync(origin, new { task = "replace \"one\" with \"two\" in *.txt" });
        var ended = await slice.PublishedAsync(fork);

        Assert.False(ended.GetProperty("forked_from").TryGetProperty("call_id", out _));
        Assert.Equal("two", await slice.GitAsync("show", $"navi/{fork}:a.txt"));
    }

    private static IEnumerable<JsonElement> Own(JsonElement task) => task.GetProperty("calls").EnumerateArray().Where(c => !c.GetProperty("inherited").GetBoolean());
}
