using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Navi.Testing;
using Navi.Testing.Service;
using Npgsql;

namespace Navi.Functions.Tests.Telemetry;

/// <summary>POST /v1/telemetry: what is stored, what of it is taken out, and what is refused.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Batch_SentTwice_IsStoredOnceAndWithoutSecrets()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        var id = Guid.CreateVersion7();
        var batch = new
        {
            events = new object[]
            {
                new
                {
                    id, type = "command", name = "run", source = "cli", duration_ms = 12, session_id = "s1",
                    data = new { password = new[] { "hunter2" }, credentials = new { value = "hunter2" }, cs = "Host=x;Password=hunter2;Database=y", where = "/home/ada/calc", deep = new { list = new object?[] { 1, true, null, "Bearer hunter2hunter2x" } } },
                },
                new { id = Guid.CreateVersion7(), type = "page", name = "tasks", source = "console" },
            },
        };
        Assert.Equal((202, 2, 0), await SendAsync(navi, batch));
        Assert.Equal((202, 0, 2), await SendAsync(navi, batch));

        var rows = await RowsAsync(navi);
        Assert.Equal(2, rows.Count);
        var row = rows.Single(r => r.event_id == id);
        Assert.Equal(("local", "local", "command", "general", 12L, "s1"), ((string)row.org_id, (string)row.user_id, (string)row.event_type, (string)row.category, (long)row.duration_ms, (string)row.session_id));
        Assert.Equal("""{"cs": "Host=x;Password=[redacted];Database=y", "deep": {"list": [1, true, null, "Bearer [redacted]"]}, "where": "~/calc", "password": "[redacted]", "credentials": "[redacted]"}""", (string)row.data);
        // This machine's own address, or that of a proxy on it, tells no sender from another.
        Assert.All(rows, r => Assert.Null(r.ip_digest));
    }

    [Fact]
    public async Task Address_BehindAProxy_IsTheLastOneOfItsHeader()
    {
        await using var navi = await Slice.StartAsync((_, _) => [], new() { ["Navi:Telemetry:Events:AddressHeader"] = "X-Forwarded-For" });
        // What stands left of the last entry the sender may have written.
        string?[] given = ["203.0.113.7", "198.51.100.9, 203.0.113.7:4711", "203.0.113.7, 2001:db8::1", "203.0.113.7, [2001:db8::1]:443", "127.0.0.1", "203.0.113.7, unknown", null];
        var digests = new List<string?>();
        foreach (var header in given)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/telemetry") { Content = JsonContent.Create(Pages(1)) };
            if (header is not null)
                request.Headers.Add("X-Forwarded-For", header);
            using var answer = await navi.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            digests.Add(await OneAsync<string?>(navi, "SELECT ip_digest FROM navi.telemetry_events ORDER BY id DESC LIMIT 1"));
        }
        Assert.Matches("^[0-9a-f]{64}$", digests[0]);
        Assert.Matches("^[0-9a-f]{64}$", digests[2]);
        Assert.Equal([digests[0], digests[0], digests[2], digests[2], null, null, null], digests);
        Assert.NotEqual(digests[0], digests[2]);
        // The secret is stored in an envelope, which is longer than its 32 bytes.
        Assert.InRange(await OneAsync<int>(navi, "SELECT length(secret) FROM navi.telemetry_keys"), 61, 10_000);
    }

    [Fact]
    public async Task ErrorEvent_OfAClient_IsRecordedAmongTheErrorsOnce()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        var batch = new { events = new[] { new { id = Guid.CreateVersion7(), type = "error", name = "task-list", source = "console", error = new { type = "TypeError", message = "x of ada@example.com", stack = "at f (https://navi.example/app.js:1:2)" } } } };
        await SendAsync(navi, batch);
        await SendAsync(navi, batch);
        JsonElement items = default;
        await Wait.UntilAsync(async () => (items = (await navi.Http.GetFromJsonAsync<JsonElement>("/v1/errors?component=console")).GetProperty("items")).GetArrayLength() == 1, () => "not recorded");
        Assert.Equal(("TypeError", "task-list", "x of …@example.com", 1), (items[0].GetProperty("type").GetString(), items[0].GetProperty("operation").GetString(), items[0].GetProperty("message").GetString(), items[0].GetProperty("occurrences").GetInt32()));
    }

    [Theory]
    [InlineData("""{"events":[]}""", "events")]
    [InlineData("""{"events":[null]}""", "events[0]")]
    [InlineData("""{"events":[{"id":"7","type":"page","name":"a","source":"cli"}]}""", "events[0].id")]
    [InlineData("""{"events":[{"id":"ID1","type":"page","name":"a","source":"cli"},{"id":"ID2","type":"pgae","name":"a","source":"cli"}]}""", "events[1].type")]
    [InlineData("""{"events":[{"id":"ID1","type":"page","name":"a","source":"cli"},{"id":"ID1","type":"page","name":"a","source":"cli"}]}""", "events[1].id")]
    [InlineData("""{"events":[{"id":"ID1","type":"page","name":"a b","source":"cli"}]}""", "events[0].name")]
    [InlineData("""{"events":[{"id":"ID1","type":"page","name":"a","source":"web"}]}""", "events[0].source")]
    [InlineData("""{"events":[{"id":"ID1","type":"error","name":"a","source":"cli"}]}""", "events[0].error")]
    [InlineData("""{"events":[{"id":"ID1","type":"page","name":"a","source":"cli","error":{"type":"T","message":"m"}}]}""", "events[0].error")]
    [InlineData("""{"events":[{"id":"ID1","type":"error","name":"a","source":"cli","error":{"type":"T","message":" "}}]}""", "events[0].error.message")]
    [InlineData("""{"events":[{"id":"ID1","type":"page","name":"a","source":"cli","duration_ms":-1}]}""", "events[0].duration_ms")]
    [InlineData("""{"events":[{"id":"ID1","type":"page","name":"a","source":"cli","occurred_at":"1999-01-01"}]}""", "events[0].occurred_at")]
    [InlineData("""{"events":[{"id":"ID1","type":"page","name":"a","source":"cli","data":{"a":{"b":{"c":{"d":{"e":1}}}}}}]}""", null)]
    [InlineData("""{"events":[{"id":"ID1","type":"page","name":"a","source":"cli","data":{"a":{"b":{"c":{"d":{"e":{"f":1}}}}}}}]}""", "events[0].data")]
    [InlineData("""{"events":[{"id":"ID1","type":"page","name":"a","source":"cli","data":{"a":"LONG"}}]}""", "events[0].data")]
    public async Task Batch_WithAWrongEvent_IsRefusedWholeAndNamesIt(string json, string? field)
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        json = json.Replace("ID1", Guid.CreateVersion7().ToString(), StringComparison.Ordinal).Replace("ID2", Guid.CreateVersion7().ToString(), StringComparison.Ordinal).Replace("LONG", new string('x', 9000), StringComparison.Ordinal);
        using var answer = await navi.Http.PostAsync("/v1/telemetry", new StringContent(json, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == (field is null ? HttpStatusCode.Accepted : HttpStatusCode.UnprocessableEntity), text);
        if (field is not null)
            Assert.Equal(field, JsonElement.Parse(text).GetProperty("field").GetString());
        Assert.Equal(field is null ? 1 : 0, (await RowsAsync(navi)).Count);
    }

    [Fact]
    public async Task Sender_OverTheRate_IsToldWhenToComeBack()
    {
        await using var navi = await Slice.StartAsync((_, _) => [], new() { ["Navi:Telemetry:Events:UserEventsPerMinute"] = "100" });
        Assert.Equal(202, (await SendAsync(navi, Pages(100))).Status);
        using var refused = await navi.Http.PostAsJsonAsync("/v1/telemetry", Pages(100));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 120);
        Assert.Equal(100, (await RowsAsync(navi)).Count);
        // By its number alone: what is wrong in it nobody has read.
        using var unread = await navi.Http.PostAsJsonAsync("/v1/telemetry", new { events = Enumerable.Range(0, 100).Select(_ => new { id = "none" }) });
        Assert.Equal(HttpStatusCode.TooManyRequests, unread.StatusCode);
    }

    [Fact]
    public async Task Body_OverItsBound_IsRefused()
    {
        await using var navi = await Slice.StartAsync((_, _) => []);
        using var answer = await navi.Http.PostAsync("/v1/telemetry", new StringContent(new string(' ', 300_000), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private static object Pages(int count) => new { events = Enumerable.Range(0, count).Select(_ => new { id = Guid.CreateVersion7(), type = "page", name = "tasks", source = "console" }) };

    private static async Task<(int Status, int Accepted, int Duplicates)> SendAsync(Slice navi, object batch)
    {
        using var answer = await navi.Http.PostAsJsonAsync("/v1/telemetry", batch);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var document = JsonElement.Parse(text);
        return ((int)answer.StatusCode, document.GetProperty("accepted").GetInt32(), document.GetProperty("duplicates").GetInt32());
    }

    private static async Task<List<dynamic>> RowsAsync(Slice navi)
    {
        await using var connection = new NpgsqlConnection(navi.ConnectionString);
        return (await connection.QueryAsync("SELECT org_id, user_id, event_id, event_type, category, duration_ms, session_id, data::text AS data, ip_digest FROM navi.telemetry_events")).AsList();
    }

    private static async Task<T> OneAsync<T>(Slice navi, string sql)
    {
        await using var connection = new NpgsqlConnection(navi.ConnectionString);
        return await connection.QuerySingleAsync<T>(sql);
    }
}
