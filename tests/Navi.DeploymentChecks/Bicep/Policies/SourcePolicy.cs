using Navi.DeploymentChecks.PrometheusRules;

namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>The files themselves: they compile without a word of the compiler, every module is used, and what is generated is what would be generated now.</summary>
internal static class SourcePolicy
{
    public static Check Compiles(BicepTree tree) => new("main.bicep and every .bicepparam compile and lint without a warning", tree.Said);

    public static Check Used(BicepTree tree) => new(
        "every module is used",
        [
            .. tree.Files.Keys.Where(f => f.Contains("/modules/", StringComparison.Ordinal) && !tree.Files.Any(o => o.Key != f && o.Value.Contains(Path.GetFileName(f), StringComparison.Ordinal)))
                .Select(f => $"{f}: no other file uses it; it must go, or be used."),
        ]);

    public static Check RuleFile(string root)
    {
        var file = Path.Combine(root, PrometheusRuleFile.Name);
        var same = File.Exists(file) && File.ReadAllText(file) == PrometheusRuleFile.Text(root);
        return new("the alert rules are those of prometheus/", same ? [] : [$"{PrometheusRuleFile.Name} is not what prometheus/ makes now; write it anew: NAVI_WRITE_DOCS=1 tests/Navi.Deployment.Tests/bin/Debug/net10.0/Navi.Deployment.Tests -class '*PrometheusRuleFileTests'"]);
    }
}
