using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;
using Navi.Testing.Service;
using Npgsql;

namespace Navi.Functions.Tests.Models;

/// <summary>Forks over the real protocols: what the provider is sent is valid, holds the inherited calls, and is paid for once.</summary>
public sealed class SimulatedForkTests(ITestOutputHelper output)
{
    // Turns are counted by what the conversation holds, so a fork after turn 1 goes on with turn 2.
    private static readonly Scenario Script = new()
    {
        Turns =
        [
            Say("I look first.", Use("read_file", new { path = "a.txt" })),
            Say("Now the file.", Use("write_file", new { path = "b.txt", content = "two\n" })),
            Say("One more.", Use("write_file", new { path = "c.txt", content = "three\n" })),
            Say("", Use("finish_task", new { status = "done", summary = "finished" })),
        ],
    };

    [Theory]
    [InlineData("openai", "/v1")]
    [InlineData("azure_openai", "")]
    [InlineData("anthropic", "")]
    [InlineData("ollama", "")]
    public async Task Fork_WithOtherWords_SendsTheInheritedCallsAndTheSumsAgree(string kind, string path)
    {
        await using var server = await SimulatedProvider.StartAsync(Script);
        await using var slice = await Slice.StartAsync((_, _) => [], new()
        {
            ["Navi:Models:Entries:0:Name"] = "simulated", ["Navi:Models:Entries:0:Kind"] = kind, ["Navi:Models:Entries:0:Endpoint"] = server.Address + path, ["Navi:Models:Entries:0:Model"] = "some-model",
            ["Navi:Models:Entries:0:ApiKey"] = "some-key", ["Navi:Models:Entries:0:Prices:Input"] = "2.5", ["Navi:Models:Entries:0:Prices:CachedInput"] = "0.25", ["Navi:Models:Entries:0:Prices:Output"] = "10",
        });
        var origin = await slice.CreateAsync("simulated", task: "the first words");
        await PublishedAsync(slice, origin);
        var asked = server.Requests.Count;

        using var forked = await slice.Http.PostAsJsonAsync($"/v1/tasks/{origin}/fork", new { call_id = "1-0", task = "the other words" }, TestContext.Current.CancellationToken);
        var fork = (await forked.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetGuid();
        await PublishedAsync(slice, fork);

        Assert.Empty(server.Violations);
        var first = $"{server.Requests[asked].Body}";
        foreach (var part in new[] { "the first words", "I look first.", "read_file", "Now the file.", "write_file", "do this from here on", "the other words" })
            Assert.Contains(part, first, StringComparison.Ordinal);
        Assert.DoesNotContain("One more.", first, StringComparison.Ordinal);
        Assert.Equal("a.txt\nb.txt\nc.txt", await slice.GitAsync("ls-tree", "--name-only", $"navi/{fork}"));
        await using var connection = new NpgsqlConnection(slice.ConnectionString);
        var each = (await connection.QueryAsync<(Guid Task, long Calls, long Input, decimal Cost)>(
            "SELECT t.id, (SELECT count(*) FROM navi.llm_metrics m WHERE m.task_id = t.id), t.input_tokens, t.cost FROM navi.tasks t ORDER BY t.id")).AsList();
        var total = (await slice.Http.GetFromJsonAsync<JsonElement>("/v1/costs?group=task", TestContext.Current.CancellationToken)).GetProperty("total");
        var billed = server.Requests.Where(r => r.Usage is not null).Sum(r => r.Usage!.Input);
        output.WriteLine($"origin {each[0]}; fork {each[1]}; /v1/costs {total}; billed {billed} tokens in");
        Assert.Equal([(origin, 4L), (fork, 2L)], each.Select(e => (e.Task, e.Calls)));
        Assert.Equal((6, billed, each.Sum(e => e.Cost)), (total.GetProperty("calls").GetInt32(), total.GetProperty("input_tokens").GetInt64(), total.GetProperty("cost").GetDecimal()));
        Assert.Equal(billed, each.Sum(e => e.Input));
        Assert.True(each.All(e => e.Cost > 0));
    }

    private static async Task PublishedAsync(Slice slice, Guid task)
    {
        using var approved = await slice.DecideAsync(await slice.PendingAsync(task), new { decision = "approve" });
        Assert.Equal("completed_unverified", (await slice.FinishedAsync(task)).GetProperty("stop_reason").GetString());
    }

    private static Turn Say(string text, params ToolUse[] calls) => new() { Text = text, Calls = calls };

    private static ToolUse Use(string name, object arguments) => new() { Name = name, Arguments = JsonSerializer.SerializeToElement(arguments) };
}
