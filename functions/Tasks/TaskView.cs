using System.Text.Json;
using Navi.Functions.Checkpoints;
using Navi.Platform.Tasks;

namespace Navi.Functions.Tasks;

/// <summary>A task as the API shows it; its calls and gates only where one task is asked for.</summary>
internal sealed record TaskView(
    Guid Id, string Repository, string Task, string Provider, string Environment, string Requester, string Status, string? StopReason,
    DateTime CreatedAt, DateTime? StartedAt, DateTime? FinishedAt, DateTime DeadlineAt, DateTime? CancelRequestedAt, bool PreApproved,
    string? BaseCommit, string? HeadCommit, JsonElement LeftOut, int LeftOutCount, JsonElement? Verification,
    string? Summary, string? ReportPath, string? Branch, string? PublishedCommit,
    string Mode, long InputTokens, long OutputTokens, decimal Cost, int UnpricedCalls, bool Suspended, DateTime? SuspendedAt, string? SuspendedBy, ForkedFromView? ForkedFrom,
    IReadOnlyList<CallView>? Calls = null, IReadOnlyList<CheckpointView>? Checkpoints = null)
{
    public static TaskView Of(TaskRow row) => new(
        row.Id, row.Repository, row.Prompt, row.Provider, row.Environment, row.UserId, row.Status, row.StopReason,
        row.CreatedAt, row.StartedAt, row.FinishedAt, row.DeadlineAt, row.CancelRequestedAt, row.PreApproved,
        row.BaseCommit, row.HeadCommit, JsonElement.Parse(row.LeftOut), row.LeftOutCount, row.Verification is null ? null : JsonElement.Parse(row.Verification),
        row.Summary, row.ReportPath, row.Branch, row.PublishedCommit,
        row.Mode, row.InputTokens, row.OutputTokens, row.Cost, row.UnpricedCalls, row.SuspendedAt is not null, row.SuspendedAt, row.SuspendedBy,
        row.ForkedFrom is { } origin ? new ForkedFromView(origin, row.ForkedAfter) : null);
}
