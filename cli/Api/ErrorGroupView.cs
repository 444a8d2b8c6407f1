namespace Navi.Cli.Api;

/// <summary>A group of errors as the API gives it.</summary>
internal sealed record ErrorGroupView
{
    public string Id { get; init; } = "";
    public string Type { get; init; } = "";
    public string? Code { get; init; }
    public string Severity { get; init; } = "";
    public string Message { get; init; } = "";
    public string Component { get; init; } = "";
    public string Operation { get; init; } = "";
    public string Environment { get; init; } = "";
    public string Version { get; init; } = "";
    public DateTimeOffset FirstSeen { get; init; }
    public DateTimeOffset LastSeen { get; init; }
    public long Occurrences { get; init; }
    public bool Resolved { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public string? ResolvedBy { get; init; }
    public DateTimeOffset? ReopenedAt { get; init; }
    public string? ReopenedBy { get; init; }
    public int Reopenings { get; init; }
    public string? Notes { get; init; }
    public string? Stack { get; init; }
    public IReadOnlyList<ErrorOccurrenceView> Samples { get; init; } = [];
}
