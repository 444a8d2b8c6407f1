using System.Text.Json;

namespace Navi.EndToEnd.Tests.Benchmarks.Durable;

/// <summary>The benchmark program itself, asked for little.</summary>
public sealed class DurableBenchmarkTests
{
    [Fact]
    public async Task Durable_AskedForLittle_PrintsFloorsAndShapesAndLeavesNothing()
    {
        using var program = new BenchmarkProgram();
        var (code, output, error) = await program.RunAsync("durable", "--only", "floors,w2", "--rounds", "1", "--warm-up", "3", "--json");
        Assert.True(code == 0, output + error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l)).ToList();
        Assert.Equal((1, 3), (lines[0].GetProperty("rounds").GetInt32(), lines[0].GetProperty("warm_up").GetInt32()));
        // What was measured beside the floors that it is judged by.
        Assert.Equal(["c1 beside W2", "W2 event to completion", "c1 beside nothing", "C50 beside nothing"], lines.Skip(1).Select(l => l.GetProperty("shape").GetString()));
        Assert.All([(0, 6), (1, 15)], expected =>
            Assert.Equal(expected.Item2 * lines[1].GetProperty("p50_ms").GetDouble(), lines[2].GetProperty("bars")[expected.Item1].GetProperty("limit").GetDouble(), 6));
        Assert.Equal(20, lines[2].GetProperty("samples").GetInt32());
        Assert.Empty(program.Left);
    }
}
