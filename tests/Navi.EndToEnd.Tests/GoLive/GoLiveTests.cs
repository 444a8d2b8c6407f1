using System.Text.Json.Nodes;
using Navi.EndToEnd.Tests.Serving;

namespace Navi.EndToEnd.Tests.GoLive;

/// <summary>The command where little was named; a whole deployment is looked at by the drill.</summary>
public sealed class GoLiveTests
{
    [Fact]
    public async Task GoLive_NothingNamedButTheAddress_FailsWhatIsSeenAndLeavesTheRestToPeople()
    {
        await using var deployment = await Deployment.CreateAsync();
        var (_, http) = await deployment.ServeAsync();
        using (http)
        {
            File.WriteAllText(Path.Combine(deployment.Directory, "golive.json"), """[{"item": "on-call", "by": "Ada", "on": "TODAY", "note": "n"}, {"item": "tls", "by": "Ada", "on": "TODAY", "note": "n"}]""".Replace("TODAY", TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd"), StringComparison.Ordinal));
            deployment.Environment.Remove("Navi__Database__ConnectionString");
            deployment.Environment["NAVI_TOKEN"] = deployment.Token;
            var golive = deployment.Start("golive", "--json", "--url", http.BaseAddress!.ToString(), "--confirmed", Path.Combine(deployment.Directory, "golive.json"));
            Assert.Equal(1, await golive.ExitCodeAsync());
            var states = JsonNode.Parse(golive.Output)!["items"]!.AsArray().ToDictionary(i => i!["item"]!.ToString(), i => i!["state"]!.ToString());
            // Served without TLS by its address, with no model and no probe; what was seen to be wrong can't be confirmed away.
            Assert.Equal(["domain", "models", "smoke", "tls"], states.Where(s => s.Value == "failed").Select(s => s.Key).Order());
            Assert.Equal("confirmed", states["on-call"]);
            Assert.All(["alerts", "alert-routes", "dashboards", "migrations", "load"], i => Assert.Equal("person", states[i]));
            Assert.All(["access", "encryption", "errors", "healthy", "sign-in"], i => Assert.Equal("passed", states[i]));
        }
    }

    [Fact]
    public async Task GoLive_NobodyThere_FailsInTimeAndSaysWhy()
    {
        await using var deployment = await Deployment.CreateAsync();
        deployment.Environment.Remove("Navi__Database__ConnectionString");
        var golive = deployment.Start("golive", "--url", "http://127.0.0.1:1", "--prometheus", "http://127.0.0.1:1");
        Assert.Equal(1, await golive.ExitCodeAsync());
        Assert.Contains("Prometheus at http://127.0.0.1:1 does not answer", golive.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("passed ", golive.Output.Split('\n').Where(l => l.StartsWith("  ", StringComparison.Ordinal)).Aggregate("", string.Concat), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--prometheus", "localhost:9090", "is not an http or https address")]
    [InlineData("--grafana", "https://someone:secret@grafana.example.com", "without user and password")]
    [InlineData("--documents", "/nonexistent/docs", "must be the directory docs/ of this release")]
    [InlineData("--confirmed", "/nonexistent/golive.json", "can't be read")]
    public async Task GoLive_WrongOption_NamesIt(string option, string value, string said)
    {
        await using var deployment = await Deployment.CreateAsync();
        var golive = deployment.Start("golive", "--url", "http://127.0.0.1:1", option, value);
        Assert.Equal(2, await golive.ExitCodeAsync());
        Assert.Contains(option, golive.Error, StringComparison.Ordinal);
        Assert.Contains(said, golive.Error, StringComparison.Ordinal);
    }
}
