using Navi.Platform.Checkpoints;

namespace Navi.Functions.Checkpoints;

/// <summary>A decision as the API shows it.</summary>
internal sealed record DecisionView(Guid CheckpointId, string Status, string Decision, string? Reason, string? Answer, string DecidedBy, DateTime DecidedAt, bool SelfApproved, string ActionDigest)
{
    public static DecisionView? Of(CheckpointRow row) => row.Decision is null
        ? null
        : new(row.Id, row.Status, row.Decision, row.DecisionReason, row.Answer, row.DecidedBy!, row.DecidedAt!.Value, row.SelfApproved!.Value, row.ActionDigest);
}
