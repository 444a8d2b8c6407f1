using System.Text.Json;
using Navi.Agent.Effects;

namespace Navi.Functions.Tasks;

/// <summary>A row of the effect ledger as the API shows it.</summary>
internal sealed record CallView(
    string CallId, int Turn, int Index, string Tool, JsonElement Arguments, string Effect, string Verdict, string Rule, string Reason, string Status, int Attempt,
    string? ParentCommit, string? Commit, string? ResultDigest, bool? IsError, Guid? CheckpointId, DateTime? StartedAt, DateTime? FinishedAt, bool Inherited)
{
    public static CallView Of(LedgerRow row) => new(
        row.CallId, row.Turn, row.Index, row.Tool, JsonElement.Parse(row.Arguments), row.Effect, row.Verdict, row.Rule, row.Reason, row.Status, row.Attempt,
        row.ParentCommit, row.Commit, row.ResultDigest, row.IsError, row.CheckpointId, row.StartedAt, row.FinishedAt, row.Inherited);
}
