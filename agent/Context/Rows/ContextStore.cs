using Dapper;
using Navi.Platform.Contents;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;
using Npgsql;

namespace Navi.Agent.Context.Rows;

/// <summary>Reads what a turn needs in one round trip, and writes what was said, shown and summarised.</summary>
internal sealed class ContextStore(NaviDatabase database)
{
    // Of what a summary stands for only errors are read (they make the signatures) and what search_tools has found; with all of it the task's whole past.
    private const string Sql =
        """
        SELECT m.turn, convert_from(c.body, 'UTF8') AS text, t.finish_reason, t.estimated_tokens, t.reported_tokens
        FROM navi.messages m JOIN navi.contents c USING (org_id, digest) LEFT JOIN navi.model_turns t USING (task_id, turn)
        WHERE m.task_id = @task AND m.role = 'assistant' AND m.turn < @turn ORDER BY m.turn;
        SELECT k.turn, k.call_id, k.tool, k.arguments::text AS arguments, k.status, k.is_error, k.result_digest, k.parent_commit, k.commit, c.body
        FROM navi.tool_calls k
          LEFT JOIN navi.contents c ON c.org_id = k.org_id AND c.digest = k.result_digest AND (@all OR k.is_error OR k.tool = 'search_tools'
            OR k.turn > coalesce((SELECT max(to_turn) FROM navi.compactions WHERE task_id = @task AND at_turn <= @turn), -1))
        WHERE k.task_id = @task AND k.index >= 0 AND k.turn < @turn ORDER BY k.turn, k.index;
        SELECT k.turn, k.call_id, p.title, p.status, d.decided_by, d.reason, d.answer
        FROM navi.tool_calls k JOIN navi.checkpoints p ON p.id = k.checkpoint_id LEFT JOIN navi.checkpoint_decisions d ON d.checkpoint_id = p.id
        WHERE k.task_id = @task AND k.turn < @turn ORDER BY k.turn, k.index, d.id;
        SELECT k.turn, k.call_id, d.title, d.status, d.decided_by, d.reason, d.answer
        FROM navi.tool_calls k, ROWS FROM (jsonb_to_recordset(k.decisions) AS (title text, status text, decided_by text, reason text, answer text)) WITH ORDINALITY AS d (title, status, decided_by, reason, answer, number)
        WHERE k.task_id = @task AND k.turn < @turn AND k.decisions IS NOT NULL ORDER BY k.turn, k.index, d.number;
        SELECT m.turn, convert_from(c.body, 'UTF8') AS text
        FROM navi.messages m JOIN navi.contents c USING (org_id, digest) WHERE m.task_id = @task AND m.role = 'user' AND m.turn <= @turn ORDER BY m.turn;
        SELECT x.number, x.at_turn, x.to_turn, convert_from(c.body, 'UTF8') AS summary
        FROM navi.compactions x JOIN navi.contents c ON c.org_id = x.org_id AND c.digest = x.summary_digest
        WHERE x.task_id = @task AND x.at_turn <= @turn ORDER BY x.number DESC LIMIT 1;
        """;

    /// <summary>The rows before turn <paramref name="turn"/>; with <paramref name="all"/> also the results that a summary stands for.</summary>
    public Task<ContextRows> ReadAsync(Guid task, int turn, bool all, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            using var read = await c.QueryMultipleAsync(Sql, new { task, turn, all });
            var turns = (await read.ReadAsync<SpokenTurn>()).AsList();
            var calls = (await read.ReadAsync<MadeCall>()).AsList();
            var own = (await read.ReadAsync<HumanDecision>()).AsList();
            var inherited = (await read.ReadAsync<HumanDecision>()).AsList();
            var words = (await read.ReadAsync<GivenWords>()).AsList();
            return new ContextRows(turns, calls, [.. inherited, .. own], await read.ReadSingleOrDefaultAsync<Compaction>()) { Words = words };
        }, cancellation);

    /// <summary>Keeps what the model said in a turn and what it had been shown, in the caller's transaction.</summary>
    public static async Task SayAsync(NpgsqlConnection connection, TaskRow task, int turn, string text, string? model, string? finish, Prompt prompt, long? reported)
    {
        var digest = await ContentStore.PutAsync(connection, task.OrgId, text);
        await connection.ExecuteAsync(
            """
            INSERT INTO navi.messages (org_id, task_id, turn, role, digest) VALUES (@OrgId, @Id, @turn, 'assistant', @digest) ON CONFLICT DO NOTHING;
            INSERT INTO navi.model_turns (org_id, task_id, turn, model, finish_reason, estimated_tokens, reported_tokens, prompt_digest, tools)
            VALUES (@OrgId, @Id, @turn, @model, @finish, @Tokens, @reported, @promptDigest, @tools) ON CONFLICT DO NOTHING
            """,
            new { task.OrgId, task.Id, turn, digest, model, finish, prompt.Tokens, reported, promptDigest = prompt.Digest(), tools = prompt.Tools.Select(t => t.Name).ToArray() });
    }

    /// <summary>Keeps a summary, unless another attempt at the turn has kept one since <paramref name="rows"/> were read: then that one holds.</summary>
    public Task CompactAsync(TaskRow task, int turn, ContextRows rows, int toTurn, string summary, string sourceDigest, string madeBy, int before, int after, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            await TaskStore.LockAsync(c, task.Id);
            var number = (rows.Compaction?.Number ?? 0) + 1;
            if (await c.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM navi.compactions WHERE task_id = @Id AND number >= @number)", new { task.Id, number }))
                return;
            var digest = await ContentStore.PutAsync(c, task.OrgId, summary);
            await c.ExecuteAsync(
                """
                INSERT INTO navi.compactions (org_id, task_id, number, at_turn, to_turn, source_digest, summary_digest, made_by, tokens_before, tokens_after)
                VALUES (@OrgId, @Id, @number, @turn, @toTurn, @sourceDigest, @digest, @madeBy, @before, @after)
                """, new { task.OrgId, task.Id, number, turn, toTurn, sourceDigest, digest, madeBy, before, after });
            await TaskEventStore.AppendAsync(c, task.Id, "compacted", new { Turn = turn, ToTurn = toTurn, TokensBefore = before, TokensAfter = after, By = madeBy, Summary = digest });
        }, cancellation);
}
