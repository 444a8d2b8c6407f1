using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>The commands against a real NAVI of another home, through HTTP alone, as people with different roles.</summary>
public sealed class RemoteTests : IAsyncLifetime
{
    private static readonly string[] Roles = ["viewer", "caller", "approver", "operator"];
    private readonly string directory = Directory.CreateTempSubdirectory("navi-remote-").FullName;
    private readonly List<NaviProcess> started = [];
    private Installation far = null!;
    private Service service = null!;

    public async ValueTask InitializeAsync()
    {
        far = await Installation.CreateAsync();
        for (var i = 0; i < Roles.Length; i++)
        {
            var at = $"Navi__Identity__Tokens__{i}__";
            far.Environment[at + "Sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token(Roles[i]))));
            far.Environment[at + "User"] = Roles[i];
            far.Environment[at + "Organisation"] = "acme";
            far.Environment[at + "Roles__0"] = "viewer";
            far.Environment[at + "Roles__1"] = Roles[i];
        }
        service = await far.UpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
            await process.DisposeAsync();
        await far.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Commands_AgainstANaviElsewhere_DoWhatTheirRoleMay()
    {
        var repository = Repositories.Python(far.Place("calc"));

        var refused = await RunAsync(1, "viewer", "run", "--repo", repository, "--no-input", "rename add_numbers to sum_numbers");
        Assert.Contains("(403)", refused.Error);
        Assert.Contains("navi whoami", refused.Error);
        Assert.Contains("navi login", (await RunAsync(1, "nobody", "tasks")).Error);

        var run = await RunAsync(3, "caller", "run", "--repo", repository, "--no-input", "--json", "rename add_numbers to sum_numbers");
        var id = JsonNode.Parse(run.Output)!["id"]!.ToString();

        Assert.Contains(id, (await RunAsync(0, "viewer", "tasks", "--status", "waiting")).Output);
        Assert.Contains("Checkpoint", (await RunAsync(0, "viewer", "show", id[..18])).Output);
        Assert.Contains(id, (await RunAsync(0, "viewer", "approvals")).Output);
        Assert.Contains("+def sum_numbers", (await RunAsync(0, "viewer", "diff", id)).Output);
        Assert.Contains("files changed", (await RunAsync(0, "viewer", "diff", id, "--stat")).Output);
        Assert.Contains("rules", (await RunAsync(0, "viewer", "models")).Output);
        Assert.Contains("read_file", (await RunAsync(0, "viewer", "tools")).Output);
        Assert.Contains("(403)", (await RunAsync(1, "viewer", "tools", "--check")).Error);
        var numbers = (await RunAsync(0, "operator", "tools", "--check")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(["registered", "runnable", "tested"], numbers.Select(n => n[0]));
        Assert.Single(numbers.Select(n => n[1]).Distinct());
        Assert.Equal("model", JsonNode.Parse((await RunAsync(0, "viewer", "cost", "--by", "model", "--since", "1d", "--json")).Output)!["group"]!.ToString());
        Assert.Equal(id, (await RunAsync(0, "viewer", "__complete", "--", "show", id[..10])).Output.Trim());

        Assert.Contains("(403)", (await RunAsync(1, "caller", "approve", id)).Error);
        await RunAsync(0, "approver", "approve", id, "--wait");
        Assert.Contains("finished: completed", (await RunAsync(0, "viewer", "watch", id)).Output);
        Assert.NotNull(Repositories.NaviBranch(repository));
        Assert.Contains("409", (await RunAsync(1, "caller", "cancel", id)).Error);

        // Nothing was made here: no cluster, no workspace, no run file.
        Assert.False(Directory.Exists(Path.Combine(directory, "home")));
    }

    [Fact]
    public async Task Errors_ThatAClientTold_AreListedShownResolvedAndReopened()
    {
        using var http = new HttpClient { BaseAddress = service.Http.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Token("viewer"));
        Assert.Contains("No such errors", (await RunAsync(0, "viewer", "errors")).Output);
        using var sent = await http.PostAsJsonAsync("/v1/telemetry", new
        {
            events = new[] { new { id = Guid.CreateVersion7(), type = "error", name = "task-list", source = "console", error = new { type = "TypeError", message = "items is undefined", stack = "at list (app.js:1:2)" } } },
        });
        Assert.Equal(System.Net.HttpStatusCode.Accepted, sent.StatusCode);
        await Navi.Testing.Wait.UntilAsync(async () => (await RunAsync(0, "viewer", "errors")).Output.Contains("items is undefined", StringComparison.Ordinal), () => "the error is not listed");

        var id = JsonNode.Parse((await RunAsync(0, "viewer", "errors", "list", "--component", "console", "--severity", "error", "--since", "1d", "--json")).Output)!["items"]![0]!["id"]!.ToString();
        Assert.Contains("at list (app.js:1:2)", (await RunAsync(0, "viewer", "errors", "show", id)).Output);
        Assert.Equal(id, (await RunAsync(0, "viewer", "__complete", "--", "errors", "show", id[..10])).Output.Trim());
        Assert.Contains("(403)", (await RunAsync(1, "viewer", "errors", "resolve", id)).Error);
        Assert.Contains("deployed anew", (await RunAsync(0, "operator", "errors", "resolve", id, "--note", "deployed anew")).Output);
        Assert.Contains("No such errors", (await RunAsync(0, "viewer", "errors")).Output);
        Assert.Contains("resolved by operator", (await RunAsync(0, "viewer", "errors", "list", "--resolved")).Output);
        Assert.Contains("by operator", (await RunAsync(0, "operator", "errors", "reopen", id)).Output);
    }

    private static string Token(string role) => $"token-of-the-{role}-which-is-long-enough-to-be-accepted";

    private async Task<NaviProcess> RunAsync(int expected, string role, params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["NAVI_URL"] = service.Http.BaseAddress!.ToString(), ["NAVI_TOKEN"] = Token(role),
            ["NAVI_HOME"] = Path.Combine(directory, "home"), ["NAVI_CONFIG_HOME"] = Path.Combine(directory, "config"),
            // Whoever looked for a database here would fail by it.
            ["NAVI_DATABASE"] = "Host=127.0.0.1;Port=1;Username=x;Database=x;Timeout=1",
        };
        var process = NaviProcess.Start(environment, directory, arguments);
        started.Add(process);
        process.EndInput();
        var code = await process.ExitCodeAsync();
        Assert.True(code == expected, $"navi {string.Join(' ', arguments)} as {role}: exit code {code} instead of {expected}: {process.Output} {process.Error}");
        return process;
    }
}
