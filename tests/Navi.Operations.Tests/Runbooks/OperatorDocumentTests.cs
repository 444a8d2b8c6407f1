using System.Text.RegularExpressions;
using Navi.Drills.Faults;
using Navi.Drills.Rules;
using Navi.Drills.Runbooks;
using Navi.Testing;

namespace Navi.Operations.Tests.Runbooks;

/// <summary>The documents for operators: complete, linked, and nothing in them that is not run.</summary>
public sealed partial class OperatorDocumentTests
{
    private static readonly IReadOnlyList<OperatorDocument> Runbooks = [.. OperatorDocument.All.Where(d => d.Path.StartsWith(OperatorDocument.Runbooks, StringComparison.Ordinal))];

    [Fact]
    public void Alerts_Always_HaveTheirRunbook() => Assert.All(RuleFiles.Alerts, alert =>
        Assert.True(File.Exists(Path.Combine(SourceTree.Root, alert.Annotations["runbook_url"])), $"{alert.Alert} leads to {alert.Annotations["runbook_url"]}, which does not exist."));

    [Fact]
    public void Runbooks_Always_AreAnAlertsOrLeadOnFromOne()
    {
        var alerts = RuleFiles.Alerts.Select(a => a.Annotations["runbook_url"]).ToHashSet();
        Assert.All(Runbooks.Where(r => !alerts.Contains(r.Path)), runbook =>
            Assert.Contains(Runbooks, other => alerts.Contains(other.Path) && Text(other).Contains($"({Path.GetFileName(runbook.Path)})", StringComparison.Ordinal)));
    }

    [Fact]
    public void Runbooks_Always_HaveTheSixSections() =>
        Assert.All(Runbooks, runbook => Assert.Equal((runbook.Path, string.Join(", ", OperatorDocument.Parts)), (runbook.Path, string.Join(", ", runbook.Sections.Select(s => s.Title)))));

    [Fact]
    public void Commands_Always_SayWhatTheyPrint()
    {
        Assert.All(OperatorDocument.All.SelectMany(d => d.Blocks), block => Assert.True(block.Expected is not null, $"{block.Place} says not what it prints."));
        // A fence of another language, or an indented one, would not be run.
        Assert.All(OperatorDocument.All, document => Assert.Equal((document.Path, Fence().Count(Text(document))), (document.Path, document.Blocks.Count() * 4)));
    }

    [Fact]
    public void Expectations_Always_SaySomething() =>
        Assert.All(OperatorDocument.All.SelectMany(d => d.Blocks), block => Assert.True(Expectation.SaysSomething(block.Expected ?? ""), $"{block.Place} expects what every output fits."));

    [Fact]
    public void Documents_Always_AreRunByADrill()
    {
        var run = FaultDrillOptions.All.Select(f => f()).SelectMany(f => (string[])[f.Runbook, .. f.Also]).ToList();
        Assert.Equal(run.Count, run.Distinct().Count());
        Assert.Equal(Runbooks.Select(r => Path.GetFileNameWithoutExtension(r.Path)).Order(StringComparer.Ordinal), run.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Links_Always_LeadSomewhere() => Assert.All(OperatorDocument.All, document =>
    {
        foreach (var link in Link().Matches(Text(document)).Select(m => m.Groups["path"].Value.Split('#')[0]).Where(l => l.Length > 0 && !l.Contains("://", StringComparison.Ordinal)))
        {
            var target = Path.GetFullPath(Path.Combine(SourceTree.Root, Path.GetDirectoryName(document.Path)!, link));
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{document.Path} links to {link}, which does not exist.");
        }
    });

    [Fact]
    public void Playbook_TableOfAlerts_IsThatOfTheRules()
    {
        var expected = RuleFiles.Alerts.GroupBy(a => a.Alert!).Select(g =>
            $"| {g.Key} | {string.Join(", ", g.Select(a => a.Severity).Distinct().Order(StringComparer.Ordinal))} | [{Path.GetFileNameWithoutExtension(g.First().Annotations["runbook_url"])}](runbooks/{Path.GetFileName(g.First().Annotations["runbook_url"])}) | {AlertCoverage.All.Single(c => c.Alert == g.Key).Words} |");
        var table = Row().Matches(Text(OperatorDocument.Read("docs/ONCALL_PLAYBOOK.md"))).Select(m => m.Value);
        Assert.Equal(expected.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    private static string Text(OperatorDocument document) => File.ReadAllText(Path.Combine(SourceTree.Root, document.Path));

    [GeneratedRegex("^[ ]*```", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\]\((?<path>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| Navi\w+ \| .*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
