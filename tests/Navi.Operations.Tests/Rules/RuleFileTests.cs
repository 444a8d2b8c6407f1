using System.Text.RegularExpressions;
using Navi.Drills.Rules;

namespace Navi.Operations.Tests.Rules;

/// <summary>The rules of prometheus/ as Prometheus and people read them.</summary>
public sealed partial class RuleFileTests
{
    [Fact]
    public async Task Rules_CheckedByPromtool_AreAccepted()
    {
        var result = await Promtool.CheckRulesAsync(TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public async Task Configuration_CheckedByPromtool_IsAccepted()
    {
        var result = await Promtool.CheckConfigurationAsync(TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public void Alerts_Always_SayHowUrgentWhatAndWhatToDo() => Assert.All(RuleFiles.Alerts, alert =>
    {
        Assert.StartsWith("Navi", alert.Alert);
        Assert.Contains(alert.Severity, (string[])["page", "ticket"]);
        Assert.True(alert.Annotations.GetValueOrDefault("summary")?.Contains("$value", StringComparison.Ordinal), $"{alert.Identity}: the summary must tell the value.");
        Assert.Equal($"docs/runbooks/{Kebab().Replace(alert.Alert!["Navi".Length..], "-$1").ToLowerInvariant().TrimStart('-')}.md", alert.Annotations.GetValueOrDefault("runbook_url"));
    });

    [Fact]
    public void Alerts_Always_AreToldApartByNameSeverityAndWindow() =>
        Assert.Equal(RuleFiles.Alerts.Count, RuleFiles.Alerts.Select(a => a.Identity).Distinct().Count());

    [GeneratedRegex("([A-Z])")]
    private static partial Regex Kebab();
}
