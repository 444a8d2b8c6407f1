using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Navi.Functions.Identity;
using Navi.Functions.OpenApi.Document;
using Navi.Platform.Security.Identity;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Identity;

/// <summary>Walks every route that exists, found by reflection, as everybody who must not pass, and as those who may.</summary>
public sealed class RouteWalkTests(ITestOutputHelper output)
{
    // Who needs what, written down a second time: a row that is made weaker in the code does not make the test weaker.
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["CreateTask"] = "caller", ["CancelTask"] = "caller", ["SuspendTask"] = "caller", ["ResumeTask"] = "caller", ["ForkTask"] = "caller",
        ["ListTasks"] = "viewer", ["GetTask"] = "viewer", ["GetTaskDiff"] = "viewer", ["GetTaskEvents"] = "viewer",
        ["ListCheckpoints"] = "viewer", ["GetCheckpoint"] = "viewer", ["DecideCheckpoint"] = "approver",
        ["ListModels"] = "viewer", ["TestModel"] = "operator", ["ListTools"] = "viewer", ["CheckTools"] = "operator", ["GetCosts"] = "viewer", ["GetMe"] = "*", ["GetMetrics"] = "operator", ["StartProbe"] = "operator",
        ["ListErrors"] = "viewer", ["GetError"] = "viewer", ["ResolveError"] = "operator", ["ReopenError"] = "operator", ["SendTelemetry"] = "viewer",
        ["CreateSigninLink"] = "admin", ["ListClients"] = "admin", ["CreateClient"] = "admin", ["DeleteClient"] = "admin",
        ["ListUsers"] = "admin", ["PutUser"] = "admin",
        ["GetKeyStatus"] = "operator", ["RewrapKeys"] = "admin", ["RotateSigningKeys"] = "admin", ["ListSecrets"] = "admin", ["PutSecret"] = "admin", ["DeleteSecret"] = "admin",
    };

    private static readonly string[] Public = ["Healthz", "Readyz", "GetOpenApi"];

    [Fact]
    public async Task EveryRoute_AskedByWhoMayNot_Refuses()
    {
        await using var navi = await Slice.StartAsync((_, _) => [("ask_person", new { question = "Which one?" })], Tokens());
        var task = await navi.CreateAsync();
        var gate = (await navi.PendingAsync(task)).GetProperty("id").GetGuid();
        var tried = 0;
        var missing = new List<string>();
        foreach (var route in HttpOperation.All.Where(o => !Public.Contains(o.Name) && !o.Path.StartsWith("/connect/", StringComparison.Ordinal) && !o.Path.StartsWith("/.well-known/", StringComparison.Ordinal)))
        {
            Assert.True(Expected.TryGetValue(route.Name, out var needed), $"The walk does not know who may call {route.Name}: say it in its table.");
            await ExpectAsync(route, null, HttpStatusCode.Unauthorized);
            await ExpectAsync(route, "no-such-token-no-such-token-no-such-token", HttpStatusCode.Unauthorized);
            foreach (var role in Role.All.Where(r => needed != "*" && !Role.Implied([r]).Contains(needed)))
                await ExpectAsync(route, TokenOf("example", role), HttpStatusCode.Forbidden);
            // Another organisation, with every role: its answer to a foreign id is the one to an id that nobody has.
            if (route.RouteValues.Contains("id"))
                await ExpectAsync(route, TokenOf("other", "all"), HttpStatusCode.NotFound);
        }
        output.WriteLine($"{HttpOperation.All.Count} routes; routes × callers tried = {tried}, refusals missing = {missing.Count}");
        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.True(tried > 3 * Expected.Keys.Count(name => HttpOperation.All.Any(o => o.Name == name)), $"only {tried} tried");

        async Task ExpectAsync(HttpOperation route, string? token, HttpStatusCode expected)
        {
            tried++;
            using var answer = await CallAsync(navi, route, token, route.Path.Contains("checkpoints", StringComparison.Ordinal) ? gate : task);
            if (answer.StatusCode != expected)
                missing.Add($"{route.Method} {route.Path} as {token ?? "nobody"}: {(int)answer.StatusCode} instead of {(int)expected}");
        }
    }

    [Fact]
    public async Task EveryRoute_AskedByWhoMay_IsNotRefused()
    {
        await using var navi = await Slice.StartAsync((_, _) => [], Tokens());
        foreach (var route in HttpOperation.All.Where(o => Expected.ContainsKey(o.Name)))
        {
            var needed = Expected[route.Name];
            foreach (var role in Role.All.Where(r => needed == "*" || Role.Implied([r]).Contains(needed)))
            {
                using var answer = await CallAsync(navi, route, TokenOf("example", role), Guid.CreateVersion7());
                Assert.False(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{route.Name} as {role}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public void AccessTable_Always_SaysWhatTheWalkExpects()
    {
        Assert.All(AccessTable.RoleOf, row => Assert.Equal(Expected[row.Key], row.Value));
        // Public is what stands here, and what begins with the issuer's paths; nothing else.
        Assert.All(AccessTable.Public, name => Assert.True(
            Public.Contains(name) || HttpOperation.All.Where(o => o.Name == name).All(o => o.Path.StartsWith("/connect/", StringComparison.Ordinal) || o.Path.StartsWith("/.well-known/", StringComparison.Ordinal)), name));
    }

    [Theory]
    [InlineData("admin", "admin auditor caller operator viewer")]
    [InlineData("approver", "approver viewer")]
    [InlineData("nonsense", "")]
    public void Implied_OfARole_IsWhatTheDocumentsSay(string given, string expected) =>
        Assert.Equal(expected, string.Join(' ', Role.Implied([given]).Order(StringComparer.Ordinal)));

    private static async Task<HttpResponseMessage> CallAsync(Slice navi, HttpOperation route, string? token, Guid id)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method.ToUpperInvariant()), route.Path.Replace("{id}", id.ToString(), StringComparison.Ordinal).Replace("{name}", "rules", StringComparison.Ordinal).Replace("{user}", "somebody", StringComparison.Ordinal));
        navi.Http.DefaultRequestHeaders.Authorization = null;
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (route.Method is "post" or "put")
            request.Content = new StringContent(route.Path.EndsWith("decisions", StringComparison.Ordinal) ? """{"decision":"reject"}""" : "{}", Encoding.UTF8, "application/json");
        return await navi.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static string TokenOf(string organisation, string role) => $"{organisation}-{role}-".PadRight(40, 'x');

    private static Dictionary<string, string?> Tokens()
    {
        // Its operators may read what concerns the whole installation.
        var settings = new Dictionary<string, string?> { ["Navi:Telemetry:Organisation"] = "example" };
        var index = 0;
        foreach (var role in Role.All)
            Add("example", role, [role]);
        Add("other", "all", Role.All);
        return settings;

        void Add(string organisation, string name, IReadOnlyList<string> roles)
        {
            var at = $"Navi:Identity:Tokens:{index++}";
            settings[$"{at}:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(TokenOf(organisation, name))));
            settings[$"{at}:User"] = name;
            settings[$"{at}:Organisation"] = organisation;
            foreach (var (i, role) in roles.Index())
                settings[$"{at}:Roles:{i}"] = role;
        }
    }
}
