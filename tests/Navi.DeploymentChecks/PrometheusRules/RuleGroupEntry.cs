namespace Navi.DeploymentChecks.PrometheusRules;

/// <summary>One rule group of Azure Monitor.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Source">The file of prometheus/ that it comes from.</param>
/// <param name="Rules">At most twenty.</param>
internal sealed record RuleGroupEntry(string Name, string Source, IReadOnlyList<RuleEntry> Rules);
