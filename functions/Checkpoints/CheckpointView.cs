using System.Text.Json;
using Navi.Platform.Checkpoints;

namespace Navi.Functions.Checkpoints;

/// <summary>A checkpoint as the API shows it.</summary>
internal sealed record CheckpointView(
    Guid Id, Guid TaskId, int Number, string Kind, string? CallId, string Title, string Reason, JsonElement Action, string ActionDigest, string? DiffDigest, string? Diff,
    string Status, string Requester, DateTime OpenedAt, DateTime ExpiresAt, DateTime? SettledAt, DateTime? ConsumedAt, DecisionView? Decision)
{
    public static CheckpointView Of(CheckpointRow row, string? diff) => new(
        row.Id, row.TaskId, row.Number, row.Kind, row.CallId, row.Title, row.Reason, JsonElement.Parse(row.Action), row.ActionDigest, row.DiffDigest, diff,
        row.Status, row.Requester, row.OpenedAt, row.ExpiresAt, row.SettledAt, row.ConsumedAt, DecisionView.Of(row));
}
