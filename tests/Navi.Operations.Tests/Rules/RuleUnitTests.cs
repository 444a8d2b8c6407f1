using Navi.Drills.Queries;
using Navi.Drills.Rules;

namespace Navi.Operations.Tests.Rules;

/// <summary>Each alert fires on its fault and stays quiet on health; promtool is the judge of both.</summary>
public sealed class RuleUnitTests(ITestOutputHelper output)
{
    [Fact]
    public async Task UnitTests_RunByPromtool_Pass()
    {
        var result = await Promtool.TestRulesAsync(TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Output);
        output.WriteLine($"promtool: {RuleTests.Files.Count} files, {RuleTests.All.Count} expectations about {RuleFiles.Alerts.Count} alerts");
    }

    [Fact]
    public void Alerts_Always_FireInSomeUnitTest()
    {
        var fired = RuleTests.All.SelectMany(t => t.Firing).ToHashSet();
        Assert.Subset(fired, RuleFiles.Alerts.Select(a => a.Identity).ToHashSet());
    }

    [Fact]
    public void Alerts_OnHealth_AreQuietInAUnitTestThatHasTheirMetrics()
    {
        var quiet = RuleTests.All.Where(t => t.File == RuleTests.Healthy && t.Firing.Count == 0).Select(t => t.Alert).ToHashSet();
        var present = RuleTests.SeriesOf(RuleTests.Healthy).SelectMany(PromQl.MetricsOf).ToHashSet();
        var recorded = RuleFiles.Rules.Where(r => r.Record is not null).ToLookup(r => r.Record!);
        Assert.All(RuleFiles.Alerts, alert =>
        {
            Assert.Contains(alert.Alert!, quiet);
            Assert.All(Sources(alert.Expr), metric => Assert.True(present.Contains(metric), $"{alert.Identity}: {RuleTests.Healthy} has no {metric}, so that its quiet proves nothing."));
        });

        IEnumerable<string> Sources(string expression) => PromQl.MetricsOf(expression)
            .SelectMany(m => recorded.Contains(m) ? recorded[m].SelectMany(r => Sources(r.Expr)) : [m]);
    }

    [Fact]
    public void UnitTests_Always_SpeakOfAlertsThatExist() =>
        Assert.Empty(RuleTests.All.Select(t => t.Alert).Except(RuleFiles.Alerts.Select(a => a.Alert!)));
}
