using System.Diagnostics;
using System.Text.Json;
using Navi.Measuring;

namespace Navi.EndToEnd.Tests.Benchmarks;

/// <summary>The benchmark program itself, asked for little.</summary>
public sealed class ApiBenchmarkTests
{
    private static readonly string[] Members =
        ["bench", "operation", "clients", "requests", "errors", "status", "requests_per_s", "p50_ms", "p95_ms", "p99_ms", "max_ms", "seconds"];

    [Fact]
    public async Task Api_AskedForLittle_PrintsEveryMeasurementAndLeavesNothing()
    {
        using var program = new BenchmarkProgram();
        var (code, output, error) = await program.RunAsync("api", "--requests", "6", "--clients", "1,3");
        Assert.True(code == 0, error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l)).ToList();
        Assert.All(["date", "machine", "cores", "dotnet", "postgresql", "setup"], name => Assert.True(lines[0].TryGetProperty(name, out _), name));
        Assert.All(lines.Skip(1), line => Assert.Equal(Members, line.EnumerateObject().Select(m => m.Name)));
        Assert.All(lines.Skip(1), line => Assert.Equal((6, 0), (line.GetProperty("requests").GetInt32(), line.GetProperty("errors").GetInt32())));
        Assert.All(["floor_healthz", "create", "get", "list", "decide"], operation =>
            Assert.Equal([1, 3], lines.Skip(1).Where(l => l.GetProperty("operation").GetString() == operation).Select(l => l.GetProperty("clients").GetInt32())));
        Assert.Equal(6, lines.Single(l => l.TryGetProperty("operation", out var o) && o.GetString() == "create" && l.GetProperty("clients").GetInt32() == 3).GetProperty("status").GetProperty("201").GetInt32());
        Assert.Empty(program.Left);
    }

    [Theory]
    [InlineData("api", "--requests", "0")]
    [InlineData("api", "--clients", "many")]
    [InlineData("api", "--fast", "1")]
    [InlineData("durable", "--only", "w4")]
    [InlineData("durable", "--rounds", "0")]
    [InlineData("nonsense")]
    [InlineData("load", "--scenario", "11")]
    [InlineData("load", "--seconds", "0")]
    [InlineData("load", "--set", "Database__PoolSize=50")]
    [InlineData("load", "--warm-up", "-1")]
    [InlineData("model", "--max-usd", "0")]
    [InlineData("model", "--provider", "none-of-mine")]
    public async Task Arguments_ThatMeanNothing_AreRefusedBeforeAnythingStarts(params string[] arguments)
    {
        using var program = new BenchmarkProgram();
        var (code, output, error) = await program.RunAsync(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains($"navi bench {(arguments[0] == "nonsense" ? "model" : arguments[0])}", error);
        Assert.Contains(arguments[^1], error);
    }

    [Fact]
    public async Task ClosedLoop_SomeAttemptsFail_CountsEveryOne()
    {
        var (samples, ticks) = await ClosedLoop.RunAsync(
            4, 100, TimeSpan.FromMinutes(1), (_, n) => n % 10 == 0 ? throw new IOException() : Task.FromResult(n % 10 == 1 ? "503" : "200"), CancellationToken.None);
        var measured = Measurement.Of("b", "o", 4, ["200"], samples, ticks);
        Assert.Equal((100, 20), (measured.Requests, measured.Errors));
        Assert.Equal(new Dictionary<string, int> { ["200"] = 80, ["503"] = 10, ["IOException"] = 10 }, measured.Status);
    }

    [Fact]
    public void Quantile_OfKnownValues_IsTheNearestRank()
    {
        var sorted = Enumerable.Range(1, 200).Select(i => i * Stopwatch.Frequency / 1000).ToList();
        Assert.Equal((100, 190, 198, 200), (Measurement.Quantile(sorted, 0.50), Measurement.Quantile(sorted, 0.95), Measurement.Quantile(sorted, 0.99), Measurement.Quantile(sorted, 1)));
        Assert.Equal(1, Measurement.Quantile(sorted[..1], 0.50));
    }
}
