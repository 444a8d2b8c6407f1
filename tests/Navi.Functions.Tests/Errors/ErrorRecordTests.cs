using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
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
    public async Task Activity_OfAnotherOrganisationsTask_IsRecordedForThatOneAlone()
    {
        var token = "other-".PadRight(40, 'x');
        await using var navi = await Slice.StartAsync((_, _) => [], new()
        {
            ["Navi:Identity:Tokens:0:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token))), ["Navi:Identity:Tokens:0:User"] = "bob",
            ["Navi:Identity:Tokens:0:Organisation"] = "other", ["Navi:Identity:Tokens:0:Roles:0"] = "caller", ["Navi:Identity:Tokens:0:Roles:1"] = "viewer",
        });
        await ChangeAsync(navi, "ALTER TABLE navi.llm_metrics RENAME TO gone");
        using var other = new HttpClient { BaseAddress = navi.Http.BaseAddress };
        other.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var created = await other.PostAsJsonAsync("/v1/tasks", new { repository = navi.Repository, task = "something that rules do not know", provider = "rules" });
        Assert.True(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());
        var task = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        JsonElement items = default;
        await Wait.UntilAsync(async () => (items = (await other.GetFromJsonAsync<JsonElement>("/v1/errors?component=activities")).GetProperty("items")).GetArrayLength() > 0, () => "nothing for the task's organisation");
        var sample = (await other.GetFromJsonAsync<JsonElement>($"/v1/errors/{Text(items[0], "id")}")).GetProperty("samples")[0];
        Assert.Equal(("bob", task), (Text(sample, "user"), sample.GetProperty("task_id").GetGuid()));
        Assert.Empty((await ListAsync(navi, "component=activities")).EnumerateArray());
    }

    [Fact]
    public async Task List_ByPages_HasEachGroupOnceTheLastFirst()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        foreach (var name in new[] { "first", "second", "third", "first" })
        {
            using var sent = await navi.Http.PostAsJsonAsync("/v1/telemetry", new { events = new[] { new { id = Guid.CreateVersion7(), type = "error", name, source = "cli", error = new { type = "T", message = "m" } } } });
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        }
        await Wait.UntilAsync(async () => (await ListAsync(navi, "component=cli")).EnumerateArray().Sum(e => e.GetProperty("occurrences").GetInt32()) == 4, () => "not recorded");

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await navi.Http.GetFromJsonAsync<JsonElement>($"/v1/errors?component=cli&limit=1{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(e => Text(e, "operation")));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        Assert.Equal(["first", "third", "second"], seen);
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
    [InlineData("/v1/errors?cursor=0199f1c2-7d6b-7a51-9851-bc599d97a97c", "cursor")]
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
