using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Data;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Tasks;

/// <summary>What POST /v1/tasks/{id}/fork accepts and refuses, and under which key.</summary>
public sealed class ForkRouteTests
{
    private static readonly string Stranger = "stranger-".PadRight(40, 'x');

    [Theory]
    [InlineData("""{"call_id":"9-9"}""", 422, "invalid", "call_id", "The task has no call '9-9'.")]
    [InlineData("""{"call_id":"0-model"}""", 422, "invalid", "call_id", "The task has no call '0-model'.")]
    [InlineData("""{"call_id":""}""", 422, "invalid", "call_id", "The task has no call ''.")]
    [InlineData("""{"call_id":"1-0"}""", 422, "invalid", "call_id", "Call 1-0 ends the task: nothing can begin after it.")]
    [InlineData("""{"call_id":7}""", 400, "malformed", "call_id", "The body is not the JSON object that is expected.")]
    [InlineData("""{"task":"  "}""", 422, "invalid", "task", "The task is empty.")]
    [InlineData("{\"task\":\"a\\u0000b\"}", 422, "invalid", "task", "The text has a NUL character.")]
    [InlineData("""{"provider":"none-such"}""", 422, "invalid", "provider", "The model provider 'none-such' is not configured.")]
    [InlineData("""{"mode":"quick"}""", 422, "invalid", "mode", "'quick' is no mode.")]
    public async Task Fork_WithWhatCanNotBe_IsRefusedByName(string body, int status, string type, string field, string title)
    {
        await using var navi = await StartAsync();
        var task = await navi.CreateAsync();
        await navi.FinishedAsync(task);

        var (answered, problem) = await PostAsync(navi, task, body);

        Assert.Equal((status, $"urn:navi:problem:{type}", field, title), ((int)answered, Text(problem, "type"), Text(problem, "field"), Text(problem, "title")));
        if (field == "call_id" && status == 422)
            Assert.Equal("Calls that can be named: 0-0, 0-1.", Text(problem, "detail"));
    }

    [Theory]
    [InlineData("UPDATE navi.tool_calls SET status = 'in_doubt', result_digest = NULL WHERE call_id = '0-0'", "0-0", "in-doubt", "Call 0-0 is in doubt: nobody can tell whether 'read_file' had its effect.")]
    [InlineData("UPDATE navi.tool_calls SET status = 'in_doubt', result_digest = NULL WHERE call_id = '0-0'", "0-1", "in-doubt", "Call 0-0, before 0-1, is in doubt: nobody can tell whether 'read_file' had its effect.")]
    [InlineData("UPDATE navi.tool_calls SET status = 'cancelled', result_digest = NULL WHERE call_id = '0-1'", "0-1", "not-done", "Call 0-1 is not done: it is cancelled.")]
    [InlineData("UPDATE navi.tasks SET base_commit = NULL", "0-0", "no-workspace", null)]
    public async Task Fork_AfterWhatHasNoState_IsRefused(string change, string callId, string type, string? title)
    {
        await using var navi = await StartAsync();
        var task = await navi.CreateAsync();
        await navi.FinishedAsync(task);
        await ExecuteAsync(navi, change);

        var (answered, problem) = await PostAsync(navi, task, $$"""{"call_id":"{{callId}}"}""");

        Assert.Equal((HttpStatusCode.Conflict, $"urn:navi:problem:{type}", title ?? Text(problem, "title")), (answered, Text(problem, "type"), Text(problem, "title")));
    }

    [Fact]
    public async Task Fork_OfATaskWhoseWorkspaceOrRepositoryIsGone_IsRefused()
    {
        await using var navi = await StartAsync();
        var task = await navi.CreateAsync();
        await navi.FinishedAsync(task);
        Directory.Delete(Path.Combine(Path.GetDirectoryName(navi.Repository)!, "home", "workspaces", task.ToString("d")), recursive: true);
        var (first, workspace) = await PostAsync(navi, task, "{}");
        Directory.Move(navi.Repository, navi.Repository + "-moved");
        var (second, repository) = await PostAsync(navi, task, "{}");

        Assert.Equal((HttpStatusCode.Conflict, "urn:navi:problem:no-workspace"), (first, Text(workspace, "type")));
        Assert.Equal((HttpStatusCode.Conflict, "urn:navi:problem:no-repository"), (second, Text(repository, "type")));
    }

    [Fact]
    public async Task Fork_UnderAKey_IsMadeOnceAndTheKeyServesNothingElse()
    {
        await using var navi = await StartAsync();
        var task = await navi.CreateAsync();
        var other = await navi.CreateAsync();
        await navi.FinishedAsync(task);
        await navi.FinishedAsync(other);

        var made = await PostAsync(navi, task, """{"call_id":"0-0"}""", "one");
        var again = await PostAsync(navi, task, """{"call_id":"0-0"}""", "one");
        var otherBody = await PostAsync(navi, task, """{"call_id":"0-1"}""", "one");
        var otherTask = await PostAsync(navi, other, """{"call_id":"0-0"}""", "one");
        using var plain = new HttpRequestMessage(HttpMethod.Post, "/v1/tasks") { Content = JsonContent.Create(new { repository = navi.Repository, task = "do it", provider = "scripted" }) };
        plain.Headers.Add("Idempotency-Key", "one");
        using var asTask = await navi.Http.SendAsync(plain, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (made.Status, again.Status));
        Assert.Equal(Text(made.Document, "id"), Text(again.Document, "id"));
        Assert.All(new[] { otherBody, otherTask }, o => Assert.Equal((HttpStatusCode.UnprocessableEntity, "Idempotency-Key"), (o.Status, Text(o.Document, "field"))));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asTask.StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(navi, task, """{"call_id":"0-0"}""", "two")).Status);
        await using var connection = new Npgsql.NpgsqlConnection(navi.ConnectionString);
        Assert.Equal(2, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM navi.tasks WHERE forked_from = @task", new { task }));
    }

    [Fact]
    public async Task Fork_OfAForeignTask_AnswersAsForOneThatNobodyHas()
    {
        await using var navi = await StartAsync();
        var task = await navi.CreateAsync();
        await navi.FinishedAsync(task);
        var nobodys = Guid.CreateVersion7();

        var foreign = await PostAsync(navi, task, "{}", token: Stranger);
        var unknown = await PostAsync(navi, nobodys, "{}", token: Stranger);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Status, unknown.Status));
        foreach (var member in new[] { "type", "title", "detail" })
            Assert.Equal(Text(unknown.Document, member)?.Replace($"{nobodys}", "ID", StringComparison.Ordinal), Text(foreign.Document, member)?.Replace($"{task}", "ID", StringComparison.Ordinal));
        await using var connection = new Npgsql.NpgsqlConnection(navi.ConnectionString);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM navi.tasks WHERE org_id = 'other'"));
    }

    [Fact]
    public async Task Fork_OfAPrivateTask_StaysPrivate()
    {
        await using var navi = await StartAsync();
        var task = await navi.CreateAsync();
        await navi.FinishedAsync(task);
        await ExecuteAsync(navi, "UPDATE navi.tasks SET mode = 'private', provider = 'rules'");

        var (refused, problem) = await PostAsync(navi, task, """{"mode":"auto"}""");
        var (accepted, forked) = await PostAsync(navi, task, "{}");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "mode"), (refused, Text(problem, "field")));
        Assert.Contains("is private", Text(problem, "title"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Created, "private"), (accepted, Text(forked, "mode")));
    }

    private static string? Text(JsonElement document, string name) => document.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static async Task ExecuteAsync(Slice navi, string sql) =>
        await navi.Services.GetRequiredService<NaviDatabase>().RunAsync(Scope.System, c => c.ExecuteAsync(sql), TestContext.Current.CancellationToken);

    private static async Task<(HttpStatusCode Status, JsonElement Document)> PostAsync(Slice navi, Guid task, string body, string? key = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/tasks/{task}/fork") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await navi.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        if (answer.IsSuccessStatusCode)
            Assert.Equal($"/v1/tasks/{Text(document, "id")}", answer.Headers.Location?.ToString());
        return (answer.StatusCode, document);
    }

    private static Task<Slice> StartAsync() => Slice.StartAsync(
        (turn, _) => turn == 0 ? [("read_file", new { path = "a.txt" }), ("list_directory", new { path = "." })] : [("finish_task", new { status = "done", summary = "finished" })],
        new()
        {
            ["Navi:Identity:Tokens:0:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Stranger))),
            ["Navi:Identity:Tokens:0:User"] = "local", ["Navi:Identity:Tokens:0:Organisation"] = "other", ["Navi:Identity:Tokens:0:Roles:0"] = "caller",
        });
}
