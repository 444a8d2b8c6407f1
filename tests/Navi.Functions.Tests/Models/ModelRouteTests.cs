using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Data;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Models;

public sealed class ModelRouteTests
{
    private static readonly (string, object) Done = ("finish_task", new { status = "done", summary = "finished" });

    private static readonly Dictionary<string, string?> Entry = new()
    {
        ["Navi:Models:MaxAttempts"] = "1", ["Navi:Models:Entries:0:Name"] = "gone", ["Navi:Models:Entries:0:Kind"] = "openai", ["Navi:Models:Entries:0:Endpoint"] = "http://127.0.0.1:9/v1",
        ["Navi:Models:Entries:0:Model"] = "some-model", ["Navi:Models:Entries:0:ApiKey"] = "a-key-nobody-may-see", ["Navi:Models:Entries:0:Modes:0"] = "deep",
        ["Navi:Models:Entries:0:Prices:Input"] = "2", ["Navi:Models:Entries:0:Prices:Output"] = "8",
    };

    [Fact]
    public async Task Models_ListedAndTested_TellEverythingButTheKey()
    {
        await using var slice = await Slice.StartAsync((_, _) => [Done], Entry);

        var text = await slice.Http.GetStringAsync("/v1/models");
        var items = JsonElement.Parse(text).GetProperty("items").EnumerateArray().ToList();
        Assert.DoesNotContain("a-key-nobody-may-see", text, StringComparison.Ordinal);
        Assert.Equal(["gone", "rules", "scripted"], items.Select(i => i.GetProperty("name").GetString()));
        Assert.Equal([true, false, false], items.Select(i => i.GetProperty("default").GetBoolean()));
        Assert.Equal(("openai", "some-model", "127.0.0.1"), (items[0].GetProperty("kind").GetString(), items[0].GetProperty("model").GetString(), items[0].GetProperty("endpoint").GetString()));
        Assert.Equal(["auto", "deep"], items[0].GetProperty("modes").EnumerateArray().Select(m => m.GetString()));
        Assert.Equal((2m, 2m, 8m, "USD"), (Price("input"), Price("cached_input"), Price("output"), items[0].GetProperty("prices").GetProperty("currency").GetString()));
        Assert.False(items[2].TryGetProperty("prices", out _));

        using var tested = await slice.Http.PostAsync("/v1/models/gone/test", null);
        var outcome = await tested.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.OK, false), (tested.StatusCode, outcome.GetProperty("ok").GetBoolean()));
        Assert.Contains("could not be reached", outcome.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.False(outcome.TryGetProperty("cost", out _));
        using var rules = await slice.Http.PostAsync("/v1/models/scripted/test", null);
        outcome = await rules.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(outcome.GetProperty("ok").GetBoolean());
        Assert.Equal((10, 5), (outcome.GetProperty("input_tokens").GetInt32(), outcome.GetProperty("output_tokens").GetInt32()));
        using var unknown = await slice.Http.PostAsync("/v1/models/nobody/test", null);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        var costs = await slice.Http.GetFromJsonAsync<JsonElement>("/v1/costs?group=provider");
        Assert.Equal([("gone", 1, 1), ("scripted", 1, 0)], costs.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("key").GetString(), i.GetProperty("calls").GetInt32(), i.GetProperty("failed_calls").GetInt32())));

        decimal Price(string name) => items[0].GetProperty("prices").GetProperty(name).GetDecimal();
    }

    [Fact]
    public async Task Task_WithItsModelCalls_ShowsWhatTheCostsShow()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("list_directory", new { path = "." })] : [Done]);
        var task = await slice.CreateAsync();

        var ended = await slice.FinishedAsync(task);

        Assert.Equal(("auto", 20, 10, 2), (ended.GetProperty("mode").GetString(), Number("input_tokens"), Number("output_tokens"), Number("unpriced_calls")));
        var costs = await slice.Http.GetFromJsonAsync<JsonElement>("/v1/costs?group=task");
        var line = Assert.Single(costs.GetProperty("items").EnumerateArray());
        Assert.Equal((task.ToString(), 20, 10, 2), (line.GetProperty("key").GetString(), line.GetProperty("input_tokens").GetInt32(), line.GetProperty("output_tokens").GetInt32(), line.GetProperty("unpriced_calls").GetInt32()));
        Assert.Equal(0m, costs.GetProperty("total").GetProperty("cost").GetDecimal());
        Assert.Equal("USD", costs.GetProperty("currency").GetString());
        Assert.True(costs.GetProperty("prices").TryGetProperty("source", out _));
        var metrics = await slice.Services.GetRequiredService<NaviDatabase>().RunAsync(
            Scope.System, c => c.QuerySingleAsync<(long, long, int, int)>("SELECT input_tokens, output_tokens, model_attempts, failed_attempts FROM navi.task_metrics WHERE task_id = @task", new { task }), CancellationToken.None);
        Assert.Equal((20, 10, 2, 0), metrics);

        int Number(string name) => ended.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task Task_ModelThatCanNeverAnswer_FailsWithItsReason()
    {
        await using var slice = await Slice.StartAsync((_, _) => [Done], new Dictionary<string, string?>(Entry) { ["Navi:Models:Entries:0:Modes:0"] = "private" });
        using var unserved = await slice.Http.PostAsJsonAsync("/v1/tasks", new { repository = slice.Repository, task = "do it", provider = "scripted", mode = "private" });
        using var unknown = await slice.Http.PostAsJsonAsync("/v1/tasks", new { repository = slice.Repository, task = "do it", mode = "cheap" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (unserved.StatusCode, unknown.StatusCode));
        Assert.Contains("does not serve the mode 'private'", await unserved.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("auto, fast, deep, private", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var task = await slice.CreateAsync();
        await slice.FinishedAsync(task);

        // A task that was accepted by a process with other models: it must not fall back to one that serves another mode.
        await slice.Services.GetRequiredService<NaviDatabase>().RunAsync(Scope.System, c => c.ExecuteAsync("UPDATE navi.tasks SET mode = 'private'"), CancellationToken.None);
        var stop = await slice.Services.GetRequiredService<Navi.Agent.Loop.ModelTurn>().RunAsync(task, 7, CancellationToken.None);

        Assert.Equal("failed", stop.StopReason);
        Assert.Contains("does not serve the mode 'private'", stop.Explanation, StringComparison.Ordinal);
        Assert.Equal(stop, await slice.Services.GetRequiredService<Navi.Agent.Loop.ModelTurn>().RunAsync(task, 7, CancellationToken.None) with { Calls = stop.Calls });
    }

    [Theory]
    [InlineData("group=colour", "group")]
    [InlineData("since=yesterday", "since")]
    [InlineData("since=2026-02-01&until=2026-01-01", "since")]
    public async Task Costs_WrongQuestion_IsRefusedByItsField(string query, string field)
    {
        await using var slice = await Slice.StartAsync((_, _) => [Done]);

        using var answer = await slice.Http.GetAsync($"/v1/costs?{query}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(field, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("field").GetString());
    }
}
