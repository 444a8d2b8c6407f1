namespace Navi.DeploymentChecks.PrometheusRules;

/// <summary>One rule as Microsoft.AlertsManagement/prometheusRuleGroups takes it.</summary>
/// <param name="Alert">The alert's name; null for a recording.</param>
/// <param name="Record">The recorded metric; null for an alert.</param>
/// <param name="Expression">PromQL on one line.</param>
/// <param name="For">How long it must hold, as ISO 8601 says it.</param>
/// <param name="Severity">1 pages, 3 is a ticket.</param>
/// <param name="Labels">As in the source.</param>
/// <param name="Annotations">As in the source.</param>
internal sealed record RuleEntry(string? Alert, string? Record, string Expression, string? For, int? Severity, Dictionary<string, string>? Labels, Dictionary<string, string>? Annotations);
