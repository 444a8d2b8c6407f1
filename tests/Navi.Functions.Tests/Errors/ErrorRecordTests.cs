using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Navi.SimulatedProviders.Scenarios;
using Navi.SimulatedProviders.Serving;
using Navi.Testing;
using Navi.Testing.Service;
using Npgsql;

namespace Navi.Functions.Tests.Errors;

/// <summary>Who writes error_events: each component's failure, really made, is found by the API.</summary>
public sealed class ErrorRecordTests
{
    [Fact]
    public async Task Model_ThatFailsForGood_AndItsTask_AreRecorded()
    {
        await using var server = await SimulatedProvider.StartAsync(new Scenario { Turns = [] });
        await using var navi = await Slice.StartAsync((_, _) => [], new Dictionary<string, string?>
        {
            ["Navi:Models:Entries:0:Name"] = "main", ["Navi:Models:Entries:0:Kind"] = "openai_compatible", ["Navi:Models:Entries:0:Model"] = "m", ["Navi:Models:Entries:0:ApiKey"] = "k",
            ["Navi:Models:Entries:0:Endpoint"] = server.Address + "/nowhere",
        });
        var task = await navi.CreateAsync("main");
        Assert.Equal("failed", (await navi.FinishedAsync(task)).GetProperty("stop_reason").GetString());

        var model = await OneAsync(navi, "component=models");
        Assert.Equal("ModelCallException", model.GetProperty("type").GetString());
        var whole = await navi.Http.GetFromJsonAsync<JsonElement>($"/v1/errors/{model.GetProperty("id").GetString()}");
        Assert.Contains("RoutedChatClient", whole.GetProperty("stack").GetString(), StringComparison.Ordinal);
        Assert.Equal(task, whole.GetProperty("samples")[0].GetProperty("task_id").GetGuid());
        Assert.Equal("not_found", Text(whole, "code"));
        Assert.Equal("TaskFailed", (await OneAsync(navi, "component=tasks&severity=error&resolved=false")).GetProperty("type").GetString());
    }

    [Fact]
    public async Task FunctionTimerAndActivity_WithoutTheirTable_AreRecorded()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        await ChangeAsync(navi, "ALTER TABLE navi.llm_metrics RENAME TO gone");
        using var answer = await navi.Http.GetAsync("/v1/costs");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        await navi.CreateAsync("rules", task: "something that rules do not know");

        var http = await OneAsync(navi, "component=http");
        Assert.Equal(("GetCosts", "PostgresException", "42P01", "error"), (Text(http, "operation"), Text(http, "type"), Text(http, "code"), Text(http, "severity")));
        var activity = await OneAsync(navi, "component=activities");
        Assert.Equal(("CallModel", "warning"), (Text(activity, "operation"), Text(activity, "severity")));
        // Each timer comes once a minute; others read that table, too, and may be first.
        await Wait.UntilAsync(
            async () => (await ListAsync(navi, "component=timers")).EnumerateArray().Any(e => Text(e, "operation") == "KeepModelMetrics"),
            () => "no error of KeepModelMetrics");
    }

    [Fact]
    public async Task Resolution_ByTheApi_HoldsUntilTheErrorComesAgain()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        await ChangeAsync(navi, "ALTER TABLE navi.llm_metrics RENAME TO gone");
        (await navi.Http.GetAsync("/v1/costs")).Dispose();
        var id = Text(await OneAsync(navi, "component=http"), "id");

        using var resolved = await navi.Http.PostAsJsonAsync($"/v1/errors/{id}/resolve", new { note = "The table is back; password=hunter2." });
        var document = await resolved.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.OK, true, "local"), (resolved.StatusCode, document.GetProperty("resolved").GetBoolean(), Text(document, "resolved_by")));
        Assert.Contains("The table is back; password=[redacted]", Text(document, "notes"), StringComparison.Ordinal);
        Assert.Empty((await ListAsync(navi, "component=http&resolved=false")).EnumerateArray());

        (await navi.Http.GetAsync("/v1/costs")).Dispose();
        var again = await OneAsync(navi, "component=http&resolved=false");
        Assert.Equal((id, 1, 2L), (Text(again, "id"), again.GetProperty("reopenings").GetInt32(), again.GetProperty("occurrences").GetInt64()));
    }

    [Theory]
    [InlineData("/v1/errors?severity=bad", "severity")]
    [InlineData("/v1/errors?resolved=maybe", "resolved")]
    [InlineData("/v1/errors?since=yesterday", "since")]
    [InlineData("/v1/errors?componnent=http", "componnent")]
    public async Task Query_ThatIsWrong_IsRefusedByName(string path, string field)
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        using var answer = await navi.Http.GetAsync(path);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, field), (answer.StatusCode, Text(JsonElement.Parse(await answer.Content.ReadAsStringAsync()), "field")));
    }

    private static async Task<JsonElement> OneAsync(Slice navi, string query)
    {
        JsonElement items = default;
        await Wait.UntilAsync(async () => (items = await ListAsync(navi, query)).GetArrayLength() > 0, () => $"no error with {query}");
        return items[0];
    }

    private static async Task<JsonElement> ListAsync(Slice navi, string query) => (await navi.Http.GetFromJsonAsync<JsonElement>($"/v1/errors?{query}")).GetProperty("items");

    private static string Text(JsonElement document, string member) => document.GetProperty(member).GetString()!;

    private static async Task ChangeAsync(Slice navi, string sql)
    {
        await using var connection = new NpgsqlConnection(navi.ConnectionString);
        await connection.ExecuteAsync(sql);
    }
}
