using System.Diagnostics;
using Navi.LoadTests.Costs;

namespace Navi.EndToEnd.Tests.Benchmarks;

/// <summary>What pairs of blocks say about the cost of telemetry, and what they leave open.</summary>
public sealed class TelemetryCostTests
{
    // Tables of Student's distribution: 97.5 %.
    [Theory]
    [InlineData(7, 2.365)]
    [InlineData(10, 2.228)]
    [InlineData(15, 2.131)]
    [InlineData(31, 2.040)]
    [InlineData(63, 1.998)]
    public void Quantile_OfStudent_IsThatOfTables(int freedom, double expected) => Assert.Equal(expected, RatioInterval.Quantile(freedom), 3);

    [Fact]
    public void Interval_OfRatiosAndTheirInverses_IsSymmetricAroundOne()
    {
        var interval = RatioInterval.Of([.. Enumerable.Repeat(new[] { 1.1, 1 / 1.1 }, 8).SelectMany(r => r)]);
        Assert.Equal(1, interval.Mean, 9);
        Assert.Equal(1, interval.Lower * interval.Upper, 9);
        // Standard deviation ln 1.1 × √(16/15), by √16, times 2.131.
        Assert.Equal(Math.Exp(Math.Log(1.1) * Math.Sqrt(16.0 / 15) / 4 * 2.1314), interval.Upper, 4);
    }

    [Theory]
    [InlineData(0.995, 0.005, "below 3 %")]
    [InlineData(0.94, 0.005, "above 3 %")]
    [InlineData(0.998, 0.2, "not decided")]
    public void Verdict_ByTheWholeInterval_SaysWhatIsKnown(double ratio, double spread, string verdict)
    {
        var side = new TelemetrySide(1, 0, 1, 1);
        double[] ratios = [.. Enumerable.Range(0, 16).Select(n => ratio + (n % 2 == 0 ? spread : -spread))];
        var cost = new TelemetryCost(DateTimeOffset.UnixEpoch, 2, 8, 0, 10, 8, side, side, ratios, ratios);
        Assert.Equal(verdict, cost.Verdict);
        Assert.True(cost.LeastPercent <= cost.CostPercent && cost.CostPercent <= cost.MostPercent);
        Assert.Contains($"**{verdict}**", TelemetryCostText.Of(cost));
    }

    [Fact]
    public void Ratios_OfBlocks_AreBelowOneWhereTelemetryTakesMore()
    {
        var (second, on, off) = (Stopwatch.Frequency, new List<TelemetryBlock>(), new List<TelemetryBlock>());
        // With it 90 requests in a second and 1.8 s of processor, without it 100 in a second and 1.6 s.
        on.Add(new TelemetryBlock(90, 1, second, 1.8));
        off.Add(new TelemetryBlock(100, 0, second, 1.6));
        Assert.Equal(0.8, TelemetryCost.ByProcessor(on, off).Single(), 4);
        Assert.Equal(0.9, TelemetryCost.ByClock(on, off).Single(), 4);
        on.Add(new TelemetryBlock(110, 2, second, 2.2));
        Assert.Equal(new TelemetrySide(200, 3, 100, 20), TelemetrySide.Of(on));
    }
}
