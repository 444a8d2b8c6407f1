using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.Drills.Dashboards;
using Navi.Testing;

namespace Navi.Operations.Tests.Dashboards;

/// <summary>Dashboards can be imported anywhere, and each panel says what it shows.</summary>
public sealed partial class DashboardFileTests
{
    private static IEnumerable<Panel> Panels => Dashboard.All.SelectMany(d => d.Panels);

    [Fact]
    public void Dashboards_Always_HaveAnIdentityOfTheirFileAndNoNumberOfOneGrafana() => Assert.All(Dashboard.All, dashboard =>
    {
        Assert.Equal($"navi-{Path.GetFileNameWithoutExtension(dashboard.File)}", dashboard.Uid);
        Assert.Equal(JsonValueKind.Null, dashboard.Document.GetProperty("id").ValueKind);
        Assert.Contains("datasource", dashboard.Document.GetProperty("templating").GetProperty("list").EnumerateArray().Select(v => v.GetProperty("name").GetString()));
    });

    [Fact]
    public void Panels_Always_SayWhatTheyShowInWhichUnit() => Assert.All(Panels, panel =>
    {
        Assert.True(panel.Description.Length > 10 && panel.Unit.Length > 0 && panel.Queries.Count > 0, panel.ToString());
        Assert.All(panel.Runbooks, r => Assert.Matches(Runbook(), r));
    });

    [Fact]
    public void Panels_InOneDashboard_DoNotCoverEachOther() => Assert.All(Dashboard.All, dashboard =>
    {
        var cells = dashboard.Document.GetProperty("panels").EnumerateArray().Select(p => p.GetProperty("gridPos")).SelectMany(g =>
            from x in Enumerable.Range(Number(g, "x"), Number(g, "w")) from y in Enumerable.Range(Number(g, "y"), Number(g, "h")) select (x, y)).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, c => Assert.InRange(c.x, 0, 23));
        var ids = dashboard.Document.GetProperty("panels").EnumerateArray().Select(p => p.GetProperty("id").GetInt32()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    });

    [Fact]
    public void Panels_Always_AskTheChosenDatasource() => Assert.All(Dashboard.All.SelectMany(d => d.Document.GetProperty("panels").EnumerateArray()).Where(p => p.GetProperty("type").GetString() != "row"), panel =>
        Assert.Equal("${datasource}", panel.GetProperty("datasource").GetProperty("uid").GetString()));

    [Fact]
    public void Zeroes_ThatAQueryInvents_AreOnlyWhereZeroIsTheHonestAnswer() =>
        Assert.Equal(["navi-overview · Alerts that fire"], Panels.Where(p => p.Queries.Any(q => q.Contains("vector(0)", StringComparison.Ordinal))).Select(p => p.ToString()));

    [Fact]
    public void Provisioning_Always_NamesTheDashboardsDirectory() =>
        Assert.Contains("/var/lib/grafana/dashboards/navi", File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "MONITORING.md")), StringComparison.Ordinal);

    private static int Number(JsonElement grid, string name) => grid.GetProperty(name).GetInt32();

    [GeneratedRegex(@"^\$\{runbooks\}/[a-z-]+\.md$")]
    private static partial Regex Runbook();
}
