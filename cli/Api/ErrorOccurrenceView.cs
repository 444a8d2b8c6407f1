namespace Navi.Cli.Api;

/// <summary>One occurrence of a group of errors.</summary>
internal sealed record ErrorOccurrenceView
{
    public DateTimeOffset At { get; init; }
    public string Message { get; init; } = "";
    public string User { get; init; } = "";
    public string? TaskId { get; init; }
    public string? RequestId { get; init; }
}
