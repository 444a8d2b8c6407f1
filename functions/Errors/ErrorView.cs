using Navi.Platform.Telemetry.Errors;

namespace Navi.Functions.Errors;

/// <summary>A group of errors as the API shows it; <c>stack</c> and <c>samples</c> only of one that was asked for by its id.</summary>
internal sealed record ErrorView(
    Guid Id, string Type, string? Code, string Severity, string Message, string Component, string Operation, string Environment, string Version, DateTime FirstSeen, DateTime LastSeen, long Occurrences,
    bool Resolved, DateTime? ResolvedAt, string? ResolvedBy, DateTime? ReopenedAt, string? ReopenedBy, int Reopenings, string? Notes, string Signature, string? Stack = null,
    IReadOnlyList<ErrorSampleView>? Samples = null)
{
    public static ErrorView Of(ErrorRow row) => new(
        row.Id, row.ErrorType, row.Code, row.Severity, row.Message, row.Component, row.Operation, row.Environment, row.Version, row.FirstSeen, row.LastSeen, row.Occurrences,
        row.Resolved, row.ResolvedAt, row.ResolvedBy, row.ReopenedAt, row.ReopenedBy, row.Reopenings, row.Notes, row.Signature);

    public static ErrorView Whole(ErrorRow row) => Of(row) with { Stack = row.Stack, Samples = [.. row.ReadSamples().Select(ErrorSampleView.Of)] };
}
