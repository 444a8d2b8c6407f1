using Dapper;
using Navi.Platform.Contents;
using Npgsql;

namespace Navi.Platform.Tasks.Forks;

/// <summary>
/// Copies what a task inherits: what was said, called, answered and summarised up to the chosen call, under the same call ids. The copies are history: settled, marked, without gates, money or tokens.
/// </summary>
internal static class Inheritance
{
    // A summary that was made after the call's turn may tell of what came after the call. The provider's count of a prompt is what the other task was billed for.
    private const string Copy =
        """
        INSERT INTO navi.messages (org_id, task_id, turn, role, digest)
        SELECT org_id, @id, turn, role, digest FROM navi.messages WHERE task_id = @Task AND turn <= @Turn;
        INSERT INTO navi.model_turns (org_id, task_id, turn, model, finish_reason, estimated_tokens, reported_tokens, prompt_digest, tools)
        SELECT org_id, @id, turn, model, finish_reason, estimated_tokens, NULL, prompt_digest, tools FROM navi.model_turns WHERE task_id = @Task AND turn <= @Turn;
        INSERT INTO navi.compactions (org_id, task_id, number, at_turn, to_turn, source_digest, summary_digest, made_by, tokens_before, tokens_after)
        SELECT org_id, @id, number, at_turn, to_turn, source_digest, summary_digest, made_by, tokens_before, tokens_after FROM navi.compactions WHERE task_id = @Task AND at_turn <= @Turn;
        INSERT INTO navi.tool_calls (org_id, task_id, call_id, turn, index, tool, arguments, effect, verdict, rule, reason, policy_digest, status, attempt, parent_commit, commit,
          result_digest, is_error, repair, started_at, finished_at, inherited, decisions)
        SELECT k.org_id, @id, k.call_id, k.turn, k.index, k.tool, k.arguments, k.effect, k.verdict, k.rule, k.reason, k.policy_digest, k.status, k.attempt, k.parent_commit, k.commit,
          k.result_digest, k.is_error, k.repair, k.started_at, k.finished_at, true, coalesce(k.decisions, (
            SELECT jsonb_agg(jsonb_build_object('title', p.title, 'status', p.status, 'decided_by', d.decided_by, 'reason', d.reason, 'answer', d.answer) ORDER BY d.id)
            FROM navi.checkpoints p LEFT JOIN navi.checkpoint_decisions d ON d.checkpoint_id = p.id WHERE p.id = k.checkpoint_id))
        FROM navi.tool_calls k WHERE k.task_id = @Task AND k.index >= 0 AND (k.turn, k.index) <= (@Turn, @Index);
        """;

    /// <summary>Copies the rows, and gives the new task its words where they are not the ones that the inherited turns were spoken under. In the transaction that makes the task.</summary>
    public static async Task CopyAsync(NpgsqlConnection connection, Guid id, string organisation, string words, ForkPoint point)
    {
        // Rows up to a settled call do not change any more; only their deletion has to wait.
        var first = await connection.QuerySingleOrDefaultAsync<string>("SELECT prompt FROM navi.tasks WHERE id = @Task FOR KEY SHARE", new { point.Task })
            ?? throw new InvalidOperationException($"Task {point.Task} was deleted while it was being forked.");
        if (point.CallId is null)
            return;
        await connection.ExecuteAsync(Copy, new { id, point.Task, point.Turn, point.Index });
        var given = await connection.QuerySingleOrDefaultAsync<Given>(
            """
            SELECT m.turn, convert_from(c.body, 'UTF8') AS words FROM navi.messages m JOIN navi.contents c USING (org_id, digest)
            WHERE m.task_id = @id AND m.role = 'user' ORDER BY m.turn DESC LIMIT 1
            """, new { id });
        var since = given?.Turn ?? 0;
        var foreign = await connection.ExecuteScalarAsync<bool>(
            "SELECT @OnlyModel::text IS NOT NULL AND EXISTS (SELECT 1 FROM navi.model_turns WHERE task_id = @id AND turn >= @since AND model IS DISTINCT FROM @OnlyModel)", new { id, since, point.OnlyModel });
        if (words == (given?.Words ?? first) && !foreign)
            return;
        if (given is null)
            await SayAsync(connection, id, organisation, 0, first);
        await SayAsync(connection, id, organisation, point.FirstTurn, words);
    }

    private static async Task SayAsync(NpgsqlConnection connection, Guid id, string organisation, int turn, string words) => await connection.ExecuteAsync(
        "INSERT INTO navi.messages (org_id, task_id, turn, role, digest) VALUES (@organisation, @id, @turn, 'user', @digest)",
        new { organisation, id, turn, digest = await ContentStore.PutAsync(connection, organisation, words) });

    private sealed class Given
    {
        public int Turn { get; init; }

        public string Words { get; init; } = "";
    }
}
