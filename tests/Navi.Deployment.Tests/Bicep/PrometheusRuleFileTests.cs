using System.Text.Json.Nodes;
using Navi.DeploymentChecks.PrometheusRules;
using Navi.Testing;

namespace Navi.Deployment.Tests.Bicep;

/// <summary>The committed rules for Azure Monitor. NAVI_WRITE_DOCS=1 writes them anew.</summary>
public sealed class PrometheusRuleFileTests
{
    private static readonly string File = Path.Combine(SourceTree.Root, PrometheusRuleFile.Name);

    [Fact]
    public void File_OfTheTree_IsWhatPrometheusMakes()
    {
        var expected = PrometheusRuleFile.Text(SourceTree.Root);
        if (Environment.GetEnvironmentVariable("NAVI_WRITE_DOCS") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            System.IO.File.WriteAllText(File, expected);
        }
        Assert.Equal(expected, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void Text_OfTheTree_FitsAzuresLimits()
    {
        var groups = JsonNode.Parse(PrometheusRuleFile.Text(SourceTree.Root))!.AsArray();

        Assert.All(groups, g => Assert.InRange(g!["rules"]!.AsArray().Count, 1, 20));
        Assert.Equal(groups.Count, groups.Select(g => (string)g!["name"]!).Distinct().Count());
    }

    [Fact]
    public void Text_OfAnAlert_SaysItAsAzureDoes()
    {
        using var tree = new CopiedTree("prometheus");
        tree.Write("prometheus/alerts/one.yaml", "groups:\n  - name: one\n    rules:\n      - alert: One\n        expr: >-\n          up == 0\n          or absent(up)\n        for: 2m\n        labels: {severity: page}\n        annotations: {summary: \"{{ $value }} down\"}\n");

        var rule = JsonNode.Parse(PrometheusRuleFile.Text(tree.Root))!.AsArray().Single(g => (string)g!["name"]! == "one")!["rules"]![0]!;

        Assert.Equal("""{"alert":"One","expression":"up == 0 or absent(up)","for":"PT2M","severity":1,"labels":{"severity":"page"},"annotations":{"summary":"{{ $value }} down"}}""", rule.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Theory]
    [InlineData("for: 2m", "for: 2d", "prometheus/alerts/one.yaml: One has the duration '2d'")]
    [InlineData("severity: page", "severity: loud", "prometheus/alerts/one.yaml: One has the severity 'loud'")]
    public void Text_OfARuleThatAzureCantSay_NamesIt(string right, string wrong, string message)
    {
        using var tree = new CopiedTree("prometheus");
        tree.Write("prometheus/alerts/one.yaml", "groups:\n  - name: one\n    rules:\n      - {alert: One, expr: up == 0, for: 2m, labels: {severity: page}}\n".Replace(right, wrong, StringComparison.Ordinal));

        Assert.StartsWith(message, Assert.Throws<FormatException>(() => PrometheusRuleFile.Text(tree.Root)).Message, StringComparison.Ordinal);
    }
}
