namespace Navi.Platform.Telemetry.Errors;

/// <summary>Which groups are asked for; null asks for all.</summary>
/// <param name="Resolved">Only resolved ones, or only open ones.</param>
/// <param name="Severity">Only of this severity.</param>
/// <param name="Component">Only of this part of NAVI.</param>
/// <param name="Since">Only those that came at this moment or later, UTC.</param>
public sealed record ErrorQuery(bool? Resolved = null, string? Severity = null, string? Component = null, DateTime? Since = null);
