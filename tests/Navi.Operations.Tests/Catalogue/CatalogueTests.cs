using System.Text.RegularExpressions;
using Navi.Drills.Dashboards;
using Navi.Drills.Queries;
using Navi.Drills.Rules;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Testing;

namespace Navi.Operations.Tests.Catalogue;

/// <summary>One catalogue: what rules and dashboards name is in it, what is in it is shown or watched, and what it declares the code records.</summary>
public sealed partial class CatalogueTests(ITestOutputHelper output)
{
    // What Prometheus itself adds, or a rule of ours.
    private static readonly string[] Foreign = ["le", "job", "instance", "slo"];

    private static readonly Dictionary<string, MetricDefinition> Catalogue = MetricCatalogue.All.ToDictionary(m => m.Name);

    private static readonly HashSet<string> Recorded = [.. RuleFiles.Rules.Where(r => r.Record is not null).Select(r => r.Record!)];

    private static readonly List<(string Where, string Query)> Queries = [.. RuleFiles.Rules.Select(r => (r.Alert ?? r.Record!, r.Expr)), .. PanelQueries.All];

    [Fact]
    public void Metrics_InRulesAndDashboards_AreThoseOfTheCatalogue()
    {
        var named = Queries.SelectMany(q => PromQl.MetricsOf(q.Query).Select(m => (q.Where, Metric: m))).ToList();
        var undefined = named.Where(n => n.Metric != "up" && !Recorded.Contains(n.Metric) && Of(n.Metric) is null).ToList();
        var used = named.Select(n => Of(n.Metric)?.Name).ToHashSet();
        var unused = Catalogue.Keys.Where(m => !used.Contains(m)).ToList();
        output.WriteLine($"{Catalogue.Count} metrics, {Queries.Count} queries: unused {unused.Count}, undefined {undefined.Count}");
        Assert.Empty(undefined);
        Assert.Empty(unused);
    }

    [Fact]
    public void Recordings_OfRules_AreUsed()
    {
        var used = Queries.SelectMany(q => PromQl.MetricsOf(q.Query)).ToHashSet();
        Assert.Subset(used, Recorded);
    }

    [Fact]
    public void Labels_InSelectors_AreThoseOfTheCatalogue() => Assert.All(Queries, q => Assert.All(PromQl.SelectorsOf(q.Query).Where(s => Of(s.Metric) is not null), selector =>
        Assert.All(selector.Labels.Except(Foreign), label => Assert.True(Of(selector.Metric)!.Labels.Contains(label), $"{q.Where}: {selector.Metric} has no label {label}."))));

    [Fact]
    public void Labels_InGroupings_AreThoseOfTheQuerysMetrics() => Assert.All(Queries, q =>
    {
        var known = Sources(q.Query).SelectMany(m => Of(m)?.Labels ?? []).Concat(Foreign).ToHashSet();
        Assert.All(PromQl.GroupingsOf(q.Query), label => Assert.True(known.Contains(label), $"{q.Where}: none of its metrics has a label {label}."));
    });

    [Fact]
    public void Metrics_OfTheCatalogue_AreRecordedByCode()
    {
        string[] folders = ["platform", "agent", "orchestrations", "functions", "portable"];
        var catalogue = Path.Combine("platform", "Telemetry", "Catalogue");
        var sources = folders.SelectMany(SourceTree.CSharpFiles).Where(f => !f.Contains(catalogue, StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        var members = sources.SelectMany(s => Member().Matches(s).Select(m => m.Groups[1].Value)).ToHashSet();
        var silent = typeof(MetricCatalogue).GetFields().Where(f => f.FieldType == typeof(MetricDefinition)).Where(f =>
            // The durable runtime knows no NAVI: its instrument has the metric's name.
            !members.Contains(f.Name) && !sources.Any(s => s.Contains($"\"{((MetricDefinition)f.GetValue(null)!).Name}\"", StringComparison.Ordinal))).Select(f => f.Name);
        Assert.Empty(silent);
    }

    // Histograms are seen as three series.
    private static MetricDefinition? Of(string series) => Catalogue.GetValueOrDefault(series)
        ?? (Part().Match(series) is { Success: true } match && Catalogue.GetValueOrDefault(match.Groups[1].Value) is { Kind: MetricKind.Histogram } histogram ? histogram : null);

    private static IEnumerable<string> Sources(string query) => PromQl.MetricsOf(query)
        .SelectMany(m => Recorded.Contains(m) ? RuleFiles.Rules.Where(r => r.Record == m).SelectMany(r => Sources(r.Expr)) : [m]);

    [GeneratedRegex("^(.+)_(?:bucket|sum|count)$")]
    private static partial Regex Part();

    [GeneratedRegex(@"MetricCatalogue\.(\w+)")]
    private static partial Regex Member();
}
