using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Navi.Functions.OpenApi.Document;
using Navi.Platform.Security.Identity;
using Navi.Testing.Service;
using Npgsql;

namespace Navi.Functions.Tests.Identity;

/// <summary>Two organisations in one NAVI: nothing of one is visible, countable or guessable by the other, which has every role of its own.</summary>
public sealed class TwoOrganisationsTests(ITestOutputHelper output)
{
    private static readonly string Stranger = "stranger-".PadRight(40, 'x');

    // Tables that the application's role may read and whose rows belong to somebody, but that row-level security does not bind.
    private const string Unbound = """
        SELECT coalesce(string_agg(c.relname, ', ' ORDER BY c.relname), '')
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
        WHERE c.relnamespace = 'navi'::regnamespace AND c.relkind IN ('r', 'p') AND has_table_privilege('navi_app', c.oid, 'SELECT')
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
        """;

    [Fact]
    public async Task EveryRouteWithAnId_OfAnotherOrganisation_AnswersAsForAnIdThatNobodyHas()
    {
        await using var navi = await StartAsync();
        var task = await navi.CreateAsync();
        var gate = (await navi.PendingAsync(task)).GetProperty("id").GetGuid();
        var before = (await navi.TaskAsync(task)).GetProperty("status").GetString();
        var tried = 0;
        var differences = new List<string>();
        foreach (var route in HttpOperation.All.Where(o => o.RouteValues.Contains("id")))
        {
            foreach (var id in new[] { task, gate })
            {
                tried++;
                var nobodys = await AnswerAsync(navi, route, Guid.CreateVersion7());
                var foreign = await AnswerAsync(navi, route, id);
                if (foreign != nobodys || !foreign.StartsWith("404", StringComparison.Ordinal))
                    differences.Add($"{route.Method} {route.Path}: {foreign} but {nobodys}");
            }
        }
        output.WriteLine($"routes × foreign ids = {tried}, differences from an id that nobody has = {differences.Count}");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(tried >= 16, $"only {tried} tried");
        Assert.Equal(before, (await navi.TaskAsync(task)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Lists_AskedByAnotherOrganisation_AreEmptyWithEveryFilterAndCursor()
    {
        await using var navi = await StartAsync();
        var task = await navi.CreateAsync();
        await navi.CreateAsync();
        await navi.PendingAsync(task);
        var own = await ReadAsync(navi, null, "/v1/tasks?limit=1");
        var cursor = Uri.EscapeDataString(own.GetProperty("next").GetString()!);
        Assert.Single(own.GetProperty("items").EnumerateArray());
        string[] lists =
        [
            "/v1/tasks", "/v1/tasks?user=local", "/v1/tasks?provider=scripted", "/v1/tasks?status=waiting", $"/v1/tasks?repository={Uri.EscapeDataString(navi.Repository)}",
            "/v1/tasks?limit=1", $"/v1/tasks?limit=1&cursor={cursor}", "/v1/checkpoints", "/v1/checkpoints?status=pending", $"/v1/checkpoints?task={task}", "/v1/costs?group=user",
        ];
        foreach (var list in lists)
        {
            var answer = await ReadAsync(navi, Stranger, list);
            Assert.True(answer.GetProperty("items").GetArrayLength() == 0, $"{list}: {answer}");
            Assert.False(answer.TryGetProperty("next", out var next) && next.ValueKind != JsonValueKind.Null, $"{list}: {answer}");
        }
        Assert.Equal(2, (await ReadAsync(navi, null, "/v1/tasks?user=local")).GetProperty("items").GetArrayLength());
        output.WriteLine($"{lists.Length} lists of another organisation, all empty");
    }

    [Fact]
    public async Task IdempotencyKey_UsedByBoth_MakesATaskForEach()
    {
        await using var navi = await StartAsync();
        var mine = await CreateAsync(navi, null, "survey this repository");
        var theirs = await CreateAsync(navi, Stranger, "run the tests");
        Assert.NotEqual(mine, theirs);
        Assert.Equal(mine, await CreateAsync(navi, null, "survey this repository"));
        Assert.Equal(theirs, await CreateAsync(navi, Stranger, "run the tests"));
    }

    [Theory]
    [InlineData("ALTER TABLE navi.tasks NO FORCE ROW LEVEL SECURITY", "tasks")]
    [InlineData("ALTER TABLE navi.checkpoints DISABLE ROW LEVEL SECURITY", "checkpoints")]
    [InlineData("DO $$ DECLARE p name; BEGIN FOR p IN SELECT polname FROM pg_policy WHERE polrelid = 'navi.contents'::regclass LOOP EXECUTE format('DROP POLICY %I ON navi.contents', p); END LOOP; END $$", "contents")]
    public async Task RowLevelSecurity_OfEveryTableWithAnOrganisation_IsForcedAndItsLossIsSeen(string loss, string table)
    {
        await using var navi = await StartAsync();
        await using var connection = new NpgsqlConnection(navi.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await ScalarAsync(connection, Unbound));
        Assert.Equal(false, await ScalarAsync(connection, "SELECT bool_or(rolbypassrls OR rolsuper) FROM pg_roles WHERE rolname IN ('navi_app', 'navi_system')"));
        await ScalarAsync(connection, loss);
        Assert.Equal(table, await ScalarAsync(connection, Unbound));
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> AnswerAsync(Slice navi, HttpOperation route, Guid id)
    {
        var body = route.Method is "post" or "put" ? (route.Path.EndsWith("decisions", StringComparison.Ordinal) ? """{"decision":"reject"}""" : "{}") : null;
        using var answer = await SendAsync(navi, Stranger, route.Method, route.Path.Replace("{id}", id.ToString(), StringComparison.Ordinal), body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType} {text.Replace(id.ToString(), "ID", StringComparison.Ordinal)}";
    }

    private static async Task<Guid> CreateAsync(Slice navi, string? token, string task)
    {
        using var answer = await SendAsync(navi, token, "post", "/v1/tasks", JsonSerializer.Serialize(new { repository = navi.Repository, task, provider = "rules" }), "the-same-key");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text).GetProperty("id").GetGuid();
    }

    private static async Task<JsonElement> ReadAsync(Slice navi, string? token, string path)
    {
        using var answer = await SendAsync(navi, token, "get", path, null);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {text}");
        return JsonElement.Parse(text);
    }

    // One request id and one trace for all, so that answers can be compared byte by byte.
    private static async Task<HttpResponseMessage> SendAsync(Slice navi, string? token, string method, string path, string? body, string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("X-Request-Id", "two-organisations");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await navi.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static Task<Slice> StartAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Navi:Identity:Tokens:0:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Stranger))),
            ["Navi:Identity:Tokens:0:User"] = "local", ["Navi:Identity:Tokens:0:Organisation"] = "other",
        };
        foreach (var (i, role) in Role.All.Index())
            settings[$"Navi:Identity:Tokens:0:Roles:{i}"] = role;
        return Slice.StartAsync((_, _) => [("ask_person", new { question = "Which one?" })], settings);
    }
}
