using System.Globalization;

namespace Navi.Cli.Api;

/// <summary>Which tasks to list; null for any.</summary>
internal sealed record TaskFilter(int Limit, string? Cursor = null, string? Status = null)
{
    public string? StopReason { get; init; }
    public string? Provider { get; init; }
    public string? User { get; init; }
    public string? Repository { get; init; }
    public string? CreatedAfter { get; init; }
    public string? CreatedBefore { get; init; }

    public string Query() => Api.Query.Of(
        ("status", Status), ("stop_reason", StopReason), ("provider", Provider), ("user", User), ("repository", Repository),
        ("created_after", CreatedAfter), ("created_before", CreatedBefore), ("limit", Limit.ToString(CultureInfo.InvariantCulture)), ("cursor", Cursor));
}
