using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Navi.LoadTests.Driving;
using Navi.LoadTests.Reporting;
using Navi.LoadTests.Scenarios;
using Navi.LoadTests.Watching;
using Navi.Measuring;

namespace Navi.EndToEnd.Tests.Benchmarks;

/// <summary>The load test: a short one of the program itself, and what its figures rest on.</summary>
public sealed class LoadBenchmarkTests
{
    private const int FailEvery = 4;

    [Fact]
    public async Task Load_ShortAndWithoutFaults_CountsNoFailureAndWritesItsSection()
    {
        using var program = new BenchmarkProgram();
        var (code, output, error) = await program.RunAsync("load", "--scenario", "10", "--seconds", "5", "--warm-up", "1", "--instant-model", "--json", "--write", "--into", program.Place("docs"));
        Assert.True(code == 0, error + output);
        var lines = Lines(output);
        Assert.All(["date", "machine", "cores", "dotnet"], name => Assert.True(lines[0].TryGetProperty(name, out _), name));
        var result = lines[1];
        Assert.Equal((0, 0), (result.GetProperty("all").GetProperty("errors").GetInt32(), result.GetProperty("tasks").GetProperty("failed").GetInt32()));
        Assert.True(result.GetProperty("tasks").GetProperty("begun").GetInt32() > 0);
        Assert.True(result.GetProperty("model").GetProperty("calls").GetInt32() > 0);
        Assert.Equal(result.GetProperty("all").GetProperty("requests").GetInt32(), result.GetProperty("routes").EnumerateArray().Sum(r => r.GetProperty("requests").GetInt32()));
        Assert.All(["navi", "commands", "postgresql", "provider", "driver"], part => Assert.True(result.GetProperty("use").GetProperty("cores").GetProperty(part).GetDouble() > 0, part));
        Assert.True(result.GetProperty("use").GetProperty("pools").GetProperty("navi").GetProperty("most_open").GetInt32() > 0);
        var live = result.GetProperty("use").GetProperty("live").EnumerateArray().ToList();
        Assert.Equal(2, live.Count);
        Assert.All(live, l => Assert.True(l.GetProperty("heap_mb").GetDouble() > 1 && l.GetProperty("resident_mb").GetDouble() > l.GetProperty("heap_mb").GetDouble(), l.GetRawText()));
        Assert.Contains("Printed by `./navi bench load --scenario 10 --seconds 5 --instant-model` on ", await File.ReadAllTextAsync(program.Place("docs/LOAD_TEST_RESULTS.md")));
        Assert.Empty(program.Left);
    }

    [Fact]
    public async Task Load_EveryFourthCallFails_CountsExactlyThose()
    {
        using var program = new BenchmarkProgram();
        var (code, output, error) = await program.RunAsync("load", "--scenario", "10", "--seconds", "6", "--warm-up", "0", "--instant-model", "--fail-every", $"{FailEvery}", "--json");
        Assert.True(code == 1, error + output);
        var result = Lines(output)[1];
        var routes = result.GetProperty("routes").EnumerateArray().ToList();
        // The server counts by function, and each route is a function: without a warm-up the number of failures follows from the number of requests.
        Assert.All(routes, route => Assert.Equal(
            (route.GetProperty("operation").GetString(), route.GetProperty("requests").GetInt32() / FailEvery), (route.GetProperty("operation").GetString(), route.GetProperty("errors").GetInt32())));
        var errors = routes.Sum(r => r.GetProperty("errors").GetInt32());
        Assert.True(errors > 0);
        Assert.Equal(errors, result.GetProperty("all").GetProperty("errors").GetInt32());
        Assert.Equal(errors, result.GetProperty("all").GetProperty("status").GetProperty("500").GetInt32());
    }

    [Fact]
    public async Task Request_ThatIsSentLate_CountsFromTheMomentThatWasMeant()
    {
        using var http = new HttpClient(new Answering(HttpStatusCode.ServiceUnavailable)) { BaseAddress = new Uri("http://127.0.0.1:1") };
        var recorder = new Recorder();
        var meant = Stopwatch.GetTimestamp() - (3 * Stopwatch.Frequency);
        Assert.Null(await new LoadClient(http, "token", recorder).SendAsync(LoadClient.List, HttpMethod.Get, "/v1/tasks", null, meant, CancellationToken.None));
        var sample = Assert.Single(recorder.Requests);
        Assert.Equal((LoadClient.List, "503"), (sample.Route, sample.Status));
        Assert.True(sample.Ticks >= sample.LateTicks && sample.LateTicks >= 3 * Stopwatch.Frequency);
        var (all, routes) = ScenarioSums.Requests("load", 1, recorder.Requests, TimeSpan.FromSeconds(1));
        Assert.Equal((1, 1, 1), (all.Requests, all.Errors, Assert.Single(routes).Errors));
    }

    [Fact]
    public void Spike_OverItsTime_GoesFromNobodyToAllAndBack()
    {
        var spike = LoadScenarios.Of("spike", TimeSpan.FromSeconds(100));
        Assert.Equal([0, 50, 100, 100, 50, 0, 0], new[] { 0, 5, 10, 59, 65, 70, 100 }.Select(s => spike.UsersAt(TimeSpan.FromSeconds(s))));
    }

    [Fact]
    public void Slope_OfTheSecondHalf_LeavesTheBeginningOut()
    {
        var flatAfterGrowth = Enumerable.Range(0, 101).Select(s => ((double)s, s < 50 ? s * 1000L : 50_000L)).ToList();
        Assert.Equal(0, Trend.SlopeOfSecondHalf(flatAfterGrowth), 6);
        Assert.Equal(7, Trend.SlopeOfSecondHalf([.. Enumerable.Range(0, 11).Select(s => ((double)s, 7L * s))]), 6);
    }

    [Fact]
    public void Document_SectionWrittenAgain_ReplacesItAndKeepsTheOthers()
    {
        using var program = new BenchmarkProgram();
        var document = LoadDocumentText.In(program.Place("docs"));
        var head = new RunHead(DateTimeOffset.UnixEpoch, "machine", 2, "net");
        document.Write("100", head, "first", "a hundred\n");
        document.Write("10", head, "second", "ten\n");
        document.Write("100", head, "third", "another hundred\n");
        var text = File.ReadAllText(program.Place("docs/LOAD_TEST_RESULTS.md"));
        Assert.DoesNotContain("a hundred", text);
        Assert.True(text.IndexOf("ten\n", StringComparison.Ordinal) < text.IndexOf("another hundred", StringComparison.Ordinal));
        Assert.Single(text.Split("# Load test results")[1..]);
    }

    private static List<JsonElement> Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l))];

    private sealed class Answering(HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(status));
    }
}
