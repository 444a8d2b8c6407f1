using System.Globalization;
using Navi.Drills.Dashboards;
using Navi.Drills.Rules;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Testing;

namespace Navi.Operations.Tests.Catalogue;

/// <summary>The tables of docs/MONITORING.md against the catalogue and the rules. NAVI_WRITE_DOCS=1 writes them anew.</summary>
public sealed class MonitoringDocumentTests
{
    private const string Rewrite = "Write it anew: NAVI_WRITE_DOCS=1 tests/Navi.Operations.Tests/bin/Debug/net10.0/Navi.Operations.Tests -class '*MonitoringDocumentTests'";

    [Fact]
    public void Document_TableOfMetrics_IsTheCatalogue() => Compare("metrics", "| metric | kind | unit | labels | what it is |\n|---|---|---|---|---|\n" + string.Concat(MetricCatalogue.All.Select(m =>
        $"| `{m.Name}` | {Word(m)} | {m.Unit} | {string.Join(", ", m.Labels.Concat(m.IsOfProcess ? ["instance"] : []).Select(l => $"`{l}`"))} | {m.Help}{Bounds(m)}{(m.PortableOnly ? " Portable runtime only." : "")} |\n")));

    [Fact]
    public void Document_TableOfAlerts_IsTheRules() => Compare("alerts", "| alert | severity | holds for | what it says |\n|---|---|---|---|\n" + string.Concat(RuleFiles.Alerts.Select(a =>
        $"| [{a.Alert}]({a.Annotations["runbook_url"]["docs/".Length..]}) | {a.Severity} | {a.For ?? "–"} | {a.Annotations["summary"].Replace("|", @"\|", StringComparison.Ordinal)} |\n")));

    [Fact]
    public void Document_TableOfDashboards_IsTheFiles() => Compare("dashboards", "| dashboard | panels | what it is for |\n|---|---|---|\n" + string.Concat(Dashboard.All.Select(d =>
        $"| [{d.Document.GetProperty("title").GetString()}](../grafana/dashboards/{Path.GetFileName(d.File)}) | {d.Panels.Count} | {d.Document.GetProperty("description").GetString()} |\n")));

    private static void Compare(string part, string expected)
    {
        var file = Path.Combine(SourceTree.Root, "docs", "MONITORING.md");
        var text = File.ReadAllText(file);
        var (begin, end) = ($"<!-- {part}: written from the code -->\n", $"<!-- end of {part} -->");
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var until = text.IndexOf(end, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("NAVI_WRITE_DOCS") is { Length: > 0 })
            File.WriteAllText(file, text[..from] + expected + text[until..]);
        Assert.True(text[from..until] == expected, $"The table of {part} in docs/MONITORING.md is not what the code says. {Rewrite}");
    }

    private static string Word(MetricDefinition metric) => metric.Kind switch
    {
        MetricKind.Counter => "counter, total of all processes",
        MetricKind.Histogram => "histogram, total of all processes",
        MetricKind.Fleet => "gauge of the installation",
        MetricKind.Process => "gauge of each process",
        _ => "counter of each process",
    };

    private static string Bounds(MetricDefinition metric) =>
        metric.Kind == MetricKind.Histogram ? $" Buckets: {string.Join(", ", metric.Buckets.Select(b => b.ToString(CultureInfo.InvariantCulture)))}." : "";
}
