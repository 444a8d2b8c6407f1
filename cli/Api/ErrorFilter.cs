using System.Globalization;

namespace Navi.Cli.Api;

/// <summary>Which groups of errors to list; null for any.</summary>
internal sealed record ErrorFilter(int Limit, string? Cursor = null, bool? Resolved = null, string? Severity = null, string? Component = null, string? Since = null)
{
    public string Query() => Api.Query.Of(
        ("resolved", Resolved is { } resolved ? resolved ? "true" : "false" : null), ("severity", Severity), ("component", Component), ("since", Since),
        ("limit", Limit.ToString(CultureInfo.InvariantCulture)), ("cursor", Cursor));
}
