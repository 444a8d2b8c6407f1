using System.Text.Json;
using Navi.Benchmarks.Durable.Parts;
using Navi.Benchmarks.Durable.Reporting;

namespace Navi.EndToEnd.Tests.Benchmarks.Durable;

public sealed class DurableFiguresTests
{
    [Fact]
    public void Bars_OfKnownFloors_AreTheDesignsRatios()
    {
        Bar[] designed =
        [
            Bars.ChainAlone(1, 1), Bars.ChainTogether(1, 3000), Bars.ChainAgainstDbos(1, 500), Bars.GateMedian(1, 1), Bars.GateTail(1, 1), Bars.Fan(1, 1000), Bars.Recovery(1), Bars.Takeover(1), Bars.Parked(1),
        ];
        Assert.Equal([17.6, 1000, 4000, 6, 15, 400, 30, 1000, 200], designed.Select(b => Math.Round(b.Limit, 6)));
        Bar[] relative = [Bars.Processes(2, 1, 100), Bars.Lasting(1, 100), Bars.LastingBesideSnapshot(1, 100), Bars.FlatMemory(1, 100), Bars.Starvation(1, 10)];
        Assert.Equal([95, 90, 50, 125, 50], relative.Select(b => b.Limit));
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(5.9, true)]
    [InlineData(6.0001, false)]
    public void Bar_AMost_IsMetUpToTheLimit(double p50, bool met)
    {
        var bar = Bars.GateMedian(p50, 1);
        Assert.Equal(met, bar.Met);
        Assert.EndsWith(met ? ", met" : ", missed", bar.ToString());
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(401, true)]
    [InlineData(399.9, false)]
    public void Bar_ALeast_IsMetFromTheLimitOn(double steps, bool met) => Assert.Equal((met, Math.Round(steps / 400, 3)), (Bars.Fan(steps, 1000).Met, Bars.Fan(steps, 1000).Ratio));

    [Fact]
    public void Rates_OddAndEven_TellTheMiddle()
    {
        var rates = new Rates();
        Assert.Throws<InvalidOperationException>(() => rates.Median);
        foreach (var rate in (double[])[30, 10, 20]) rates.Add(rate);
        Assert.Equal(20, rates.Median);
        rates.Add(1000);
        Assert.Equal(25, rates.Median);
        Assert.Equal([30, 10, 20, 1000], rates.All);
    }

    [Fact]
    public void Timings_OfKnownValues_AreNearestRanks()
    {
        var timings = new Timings();
        Assert.Throws<InvalidOperationException>(() => timings.P50Ms);
        foreach (var value in Enumerable.Range(1, 20).Reverse()) timings.AddMs(value);
        Assert.Equal((20, 10, 19, 20), (timings.Count, timings.P50Ms, timings.P95Ms, timings.MaxMs));
    }

    [Fact]
    public void Line_WithBars_IsSaidInJsonAndInTheTable()
    {
        var timings = new Timings();
        timings.AddMs(7);
        var line = DurableLine.Of("W2", "navi", 1, timings) with { Bars = [Bars.GateMedian(7, 1)], Figures = new Dictionary<string, double> { ["kills"] = 3 } };
        var json = JsonElement.Parse(DurableReport.Text(line));
        Assert.Equal(["shape", "engine", "concurrency", "samples", "p50_ms", "p95_ms", "max_ms", "figures", "bars"], json.EnumerateObject().Select(m => m.Name));
        var bar = json.GetProperty("bars")[0];
        Assert.Equal((7, 6, 1.167, false), (bar.GetProperty("value").GetDouble(), bar.GetProperty("limit").GetDouble(), bar.GetProperty("ratio").GetDouble(), bar.GetProperty("met").GetBoolean()));
        Assert.Contains("p50 ≤ 6 × c1: 7 against 6, ratio 1.17, missed", DurableReport.Row(line));
        Assert.Contains("kills 3", DurableReport.Row(line));
        Assert.Contains("not measured: no npm", DurableReport.Row(new DurableLine("dbos", "dbos", 0, 0) { Failure = "no npm" }));
    }

    [Fact]
    public void Course_ThatSlowsDown_TellsOfItBySixths()
    {
        // 600 s: 100 steps a second at first, 80 in the fourth sixth, 70 in the last; memory and schema grow in the last.
        int[] perSecond = [100, 100, 100, 80, 80, 70];
        var samples = new List<MixedSample>();
        var steps = 0L;
        for (var second = 0; second <= 600; second += 2)
        {
            samples.Add(new MixedSample(second, steps, second > 500 ? 130 : 100, second > 500 ? 60 : 50));
            steps += 2 * perSecond[Math.Min(5, second / 100)];
        }
        var line = new MixedCourse(samples, oldSnapshot: false).Line(20, 0);
        Assert.Equal([100, 100, 100, 80, 80, 70], line.Bursts!);
        Assert.Equal([("steps/s of the last sixth ≥ 0.9 × of the first", false), ("resident MB of the last sixth ≤ 1.25 × of the first", false)], line.Bars!.Select(b => (b.Name, b.Met)));
        Assert.Equal((130, 50, 60), (line.Figures!["resident_mb_last"], line.Figures["schema_mb_5"], line.Figures["schema_mb_6"]));
        var held = Assert.Single(new MixedCourse(samples, oldSnapshot: true).Line(20, 0).Bars!);
        Assert.Equal((80, true), (held.Value, held.Met));
    }
}
