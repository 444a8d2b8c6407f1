using Navi.Drills.Rules;
using Navi.Drills.Staging;

namespace Navi.Operations.Tests.Staging;

/// <summary>The drills' one change of the rules: durations, and nothing else.</summary>
public sealed class ShortDurationsTests
{
    [Theory]
    [InlineData("increase(x[5m]) > 3 * 86400", "increase(x[10000ms]) > 3 * 86400")]
    [InlineData("        for: 2m\n", "        for: 4000ms\n")]
    [InlineData("  scrape_interval: 15s\n", "  scrape_interval: 500ms\n")]
    [InlineData("  group_interval: 5m", "  group_interval: 10000ms")]
    [InlineData("x[1h30m]", "x[180000ms]")]
    [InlineData("x[3d]", "x[8640000ms]")]
    public void Shorten_Duration_IsDivided(string text, string expected) => Assert.Equal(expected, ShortDurations.Shorten(text, ShortDurations.Factor));

    [Theory]
    [InlineData("navi:slo_error_ratio:5m{slo=\"availability\"}")]
    [InlineData("labels: {severity: page, window: 1h}")]
    [InlineData("summary: \"failed with 5xx in 1h: 14.4 times; for: 2m\"")]
    [InlineData("expr: time() - x > 1800")]
    [InlineData("- record: navi:slo_error_ratio:30m")]
    public void Shorten_AnythingElse_Stays(string text) => Assert.Equal(text, ShortDurations.Shorten(text, ShortDurations.Factor));

    [Fact]
    public void Shorten_FilesOfPrometheus_DifferInDurationsAlone()
    {
        string[] files = [.. RuleFiles.Names, "prometheus.yml", "alertmanager/alertmanager.yml"];
        Assert.All(files, name =>
        {
            var text = File.ReadAllText(Path.Combine(RuleFiles.Directory, name));
            var shortened = ShortDurations.Shorten(text, ShortDurations.Factor);
            Assert.Equal(ShortDurations.WithoutDurations(text), ShortDurations.WithoutDurations(shortened));
            // Nothing that Prometheus takes for a duration is left as it was.
            Assert.DoesNotMatch(@"\[\d+[smhdw]\]|(?m)^\s*for:\s+\d+[smhdw]$", shortened);
            Assert.DoesNotMatch(@"\[\d+[smhdw]+:|\boffset\s+\d", text);
        });
    }
}
