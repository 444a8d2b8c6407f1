using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Json;
using Navi.Platform.Outbox;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Errors;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Platform.Tasks;

/// <summary>Moves a task forward: the orchestration's side. Every method may be called again with the same effect.</summary>
public sealed class TaskProgress(NaviDatabase database, NaviMeters meters, ErrorRecorder errors)
{
    /// <summary>The orchestration runs: its start message is acknowledged and the task, unless it is suspended, is marked as running. Null when there is no such row.</summary>
    public async Task<TaskRow?> StartAsync(Guid id, CancellationToken cancellation)
    {
        var (row, begins, wasHeld) = await database.RunAsync(Scope.System, async c =>
        {
            await OutboxStore.AcknowledgeAsync(c, id, InstanceIds.Task(id));
            var begins = await c.ExecuteAsync("UPDATE navi.tasks SET status = 'running', started_at = now() WHERE id = @id AND status = 'queued' AND suspended_at IS NULL", new { id }) == 1;
            if (begins)
                await TaskEventStore.AppendAsync(c, id, "task_started", new { });
            // Who holds a task before it begins makes it late, not NAVI.
            var wasHeld = begins && await c.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT FROM navi.task_events WHERE task_id = @id AND type = 'task_suspended')", new { id });
            return (await TaskStore.ReadAsync(c, id), begins, wasHeld);
        }, cancellation);
        if (begins && !wasHeld && row!.UserId != ProbeTask.User)
            meters.Record(MetricCatalogue.TaskFirstEvent, (row.StartedAt!.Value - row.CreatedAt).TotalSeconds);
        return row;
    }

    /// <summary>The workspace stands at <paramref name="headCommit"/>, which is <paramref name="baseCommit"/> unless the task was forked.</summary>
    public Task WorkspaceReadyAsync(Guid id, string baseCommit, string headCommit, IReadOnlyList<string> leftOut, int leftOutCount, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            if (await c.ExecuteAsync(
                """
                UPDATE navi.tasks SET base_commit = @baseCommit, head_commit = @headCommit, left_out = @json::jsonb, left_out_count = @leftOutCount
                WHERE id = @id AND base_commit IS NULL
                """, new { id, baseCommit, headCommit, json = NaviJson.Write(leftOut), leftOutCount }) == 0)
                return;
            if (leftOutCount > 0)
                await TaskEventStore.AppendAsync(c, id, "warning", new { Code = "left_out", Message = $"{leftOutCount} uncommitted path(s) of the repository are left out: the work starts from its last commit.", Paths = leftOut });
            await TaskEventStore.AppendAsync(c, id, "workspace_ready", new { BaseCommit = baseCommit, HeadCommit = headCommit });
        }, cancellation);

    /// <summary>What the agent said at its end.</summary>
    public Task AgentFinishedAsync(Guid id, string summary, string? reportPath, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, c => c.ExecuteAsync(
            "UPDATE navi.tasks SET summary = @summary, report_path = @reportPath WHERE id = @id AND status <> 'finished'", new { id, summary, reportPath }), cancellation);

    /// <summary>Notes an event alone.</summary>
    public Task NoteAsync<T>(Guid id, string type, T data, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, c => TaskEventStore.AppendAsync(c, id, type, data), cancellation);

    /// <summary>What verification found at <paramref name="commit"/>.</summary>
    /// <param name="id">The task.</param>
    /// <param name="commit">The verified commit.</param>
    /// <param name="verification">Document with outcome and checks.</param>
    /// <param name="cancellation">Cancels the write.</param>
    public Task VerifiedAsync<T>(Guid id, string commit, T verification, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            if (await c.ExecuteAsync(
                "UPDATE navi.tasks SET verification = @json::jsonb, verified_commit = @commit WHERE id = @id AND verified_commit IS DISTINCT FROM @commit",
                new { id, commit, json = NaviJson.Write(verification) }) == 1)
                await TaskEventStore.AppendAsync(c, id, "verification_finished", verification);
        }, cancellation);

    /// <summary>The branch exists in the target repository.</summary>
    public Task PublishedAsync(Guid id, string branch, string commit, string where, CancellationToken cancellation) =>
        database.RunAsync(Scope.System, async c =>
        {
            if (await c.ExecuteAsync(
                "UPDATE navi.tasks SET branch = @branch, published_commit = @commit WHERE id = @id AND published_commit IS NULL", new { id, branch, commit }) == 1)
                await TaskEventStore.AppendAsync(c, id, "published", new { Branch = branch, Commit = commit, Where = where });
        }, cancellation);

    /// <summary>Ends the task with its exact reason, its metrics and its last event. A task that has ended keeps its first reason. Returns whether this call ended it.</summary>
    public async Task<bool> FinishAsync(Guid id, string stopReason, string? explanation, CancellationToken cancellation)
    {
        var ended = await database.RunAsync<(TaskRow? Row, int Gates, int Turns)>(Scope.System, async c =>
        {
            var row = await c.QuerySingleOrDefaultAsync<TaskRow>(
                $"""
                UPDATE navi.tasks SET status = 'finished', stop_reason = @stopReason, finished_at = clock_timestamp(), summary = coalesce(@explanation, summary),
                  suspended_at = NULL, suspended_by = NULL, parked = false
                WHERE id = @id AND status <> 'finished' RETURNING {TaskStore.Columns}
                """, new { id, stopReason, explanation });
            if (row is null)
                return (null, 0, 0);
            var gates = await c.ExecuteAsync("UPDATE navi.checkpoints SET status = 'cancelled', settled_at = clock_timestamp() WHERE task_id = @id AND status = 'pending'", new { id });
            var turns = await TaskMetrics.RecordAsync(c, id);
            await OutboxStore.AcknowledgeAsync(c, id, InstanceIds.Task(id));
            await TaskEventStore.AppendAsync(c, id, "task_finished", new { row.StopReason, row.Summary, row.Branch, Commit = row.PublishedCommit });
            return (row, gates, turns);
        }, cancellation);
        if (ended.Row is not { } task)
            return false;
        if (task.UserId != ProbeTask.User)
        {
            meters.Add(MetricCatalogue.Tasks, 1, task.StopReason!);
            meters.Record(MetricCatalogue.TaskDuration, (task.FinishedAt!.Value - task.CreatedAt).TotalSeconds, task.StopReason!);
            meters.Record(MetricCatalogue.TaskModelTurns, ended.Turns);
        }
        meters.Add(MetricCatalogue.Checkpoints, ended.Gates, "cancelled");
        if (task.StopReason == "failed")
            errors.Record(new ErrorReport("tasks", task.Provider, "TaskFailed", task.Summary ?? "The task failed.") { Organisation = task.OrgId, User = task.UserId, Task = id });
        return true;
    }
}
