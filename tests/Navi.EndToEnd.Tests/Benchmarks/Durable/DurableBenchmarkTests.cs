using System.Text.Json;

namespace Navi.EndToEnd.Tests.Benchmarks.Durable;

/// <summary>The benchmark program itself, asked for little.</summary>
public sealed class DurableBenchmarkTests
{
    [Fact]
    public async Task Durable_AskedForLittle_PrintsFloorsAndShapesAndLeavesNothing()
    {
        using var program = new BenchmarkProgram();
        var (code, output, error) = await program.RunAsync("durable", "--only", "w2,replay", "--rounds", "1", "--warm-up", "3", "--json");
        Assert.True(code == 0, output + error);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l)).ToList();
        Assert.Equal((1, 3), (lines[0].GetProperty("rounds").GetInt32(), lines[0].GetProperty("warm_up").GetInt32()));
        Assert.Equal(
            ["c1 beside W2", "W2 event to completion", "recovery of 10 events", "recovery of 100 events", "recovery of 500 events", "recovery of 1500 events"], lines.Skip(1).Select(l => l.GetProperty("shape").GetString()));
        Assert.Equal([6, 15], lines[2].GetProperty("bars").EnumerateArray().Select(b => Math.Round(b.GetProperty("limit").GetDouble() / lines[1].GetProperty("p50_ms").GetDouble(), 3)));
        Assert.InRange(lines[6].GetProperty("figures").GetProperty("recorded_events").GetDouble(), 1500, 1510);
        Assert.Empty(program.Left);
    }
}
