using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Orchestrations.Checkpoints;
using Navi.Platform.Checkpoints;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Telemetry.Errors;
using Navi.Platform.Telemetry.Metrics;
using Navi.Portable.Durable;

namespace Navi.Benchmarks.Api;

/// <summary>
/// Tasks that wait at their review gate, made as the product makes them: the task by its API, its start and its gate by the stores that the
/// orchestration's activities call, and the gate's orchestration by the durable client. What is left out is the agent's work before the gate.
/// </summary>
internal sealed class PendingGates : IAsyncDisposable
{
    private const int AtOnce = 8;
    private static readonly byte[] Patch = "--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-one\n+two\n"u8.ToArray();

    private readonly NaviDatabase database;
    private readonly ServiceProvider durable;
    private readonly NaviMeters meters;
    private readonly List<(Guid Task, Guid Gate, string Digest)> made = [];

    public PendingGates(string connectionString)
    {
        database = new NaviDatabase(Options.Create(new DatabaseOptions { ConnectionString = connectionString }));
        durable = new ServiceCollection().AddPortableDurable(o => (o.ConnectionString, o.RunWorker) = (connectionString, false)).BuildServiceProvider();
        meters = new NaviMeters(durable.GetRequiredService<IMeterFactory>());
    }

    /// <summary>The tasks with their gates.</summary>
    public IReadOnlyList<(Guid Task, Guid Gate, string Digest)> Made => made;

    /// <summary>Makes <paramref name="count"/> more.</summary>
    public Task MakeAsync(ApiClient api, string createBody, int count, CancellationToken cancellation) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (_, token) =>
        {
            var task = (await api.JsonAsync(HttpMethod.Post, "/v1/tasks", createBody, token)).GetProperty("id").GetGuid();
            await new TaskProgress(database, meters, new ErrorRecorder(TimeProvider.System)).StartAsync(task, token);
            var gate = await new CheckpointStore(database, meters).OpenAsync(
                new NewCheckpoint(task, 1, "review", null, "Publish 1 changed file(s)", "review", new JsonObject { ["tool"] = "publish", ["task"] = task.ToString() }, Patch, TimeSpan.FromHours(1)), token);
            await durable.GetRequiredService<DurableTaskClient>().ScheduleNewOrchestrationInstanceAsync(
                nameof(Checkpoint), new CheckpointInput(task, 1, "review", null), new StartOrchestrationOptions(gate.InstanceId), token);
            lock (made)
                made.Add((task, gate.Id, gate.ActionDigest));
        });

    public async ValueTask DisposeAsync()
    {
        await durable.DisposeAsync();
        await database.DisposeAsync();
    }
}
