namespace Navi.DeploymentChecks.PrometheusRules;

/// <summary>One rule group of Azure Monitor.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Source">The file of prometheus/ that it comes from.</param>
/// <param name="Interval">How often it is evaluated, as ISO 8601 says it; once a minute, which is as often as samples come, where the source says nothing.</param>
/// <param name="Rules">At most twenty.</param>
internal sealed record RuleGroupEntry(string Name, string Source, string Interval, IReadOnlyList<RuleEntry> Rules);
