using System.Diagnostics;
using Microsoft.DurableTask.Client;
using Navi.Benchmarks.Durable.Running;
using Navi.LoadTests.Watching;
using Npgsql;

namespace Navi.Benchmarks.Durable.Parts;

/// <summary>Every shape at once on one worker, for long, while ended instances are purged as an operator would: does it stay as fast, and as small, as it began?</summary>
internal static class MixedPart
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(PartRun run, CancellationToken cancellation)
    {
        await using var operating = await DurableNode.StartAsync(run.Database.ConnectionString, worker: false, cancellation);
        await using var worker = await WorkerProcess.JoinedAsync(run.Database.ConnectionString, cancellation);
        await worker.LoadAsync(cancellation);
        await Task.Delay(WarmUp, cancellation);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var purging = PurgeAsync(operating.Client, over.Token);
        var samples = new List<MixedSample>();
        NpgsqlConnection? snapshot = null;
        try
        {
            var (warm, _) = await worker.CountsAsync(cancellation);
            var began = Stopwatch.GetTimestamp();
            while (true)
            {
                var (steps, failures) = await worker.CountsAsync(cancellation);
                var elapsed = Stopwatch.GetElapsedTime(began);
                samples.Add(new MixedSample(
                    elapsed.TotalSeconds, steps - warm, Math.Round(ProcessTimes.Memory(worker.Id) / 1048576.0, 1), Math.Round(await run.Database.SchemaBytesAsync(cancellation) / 1048576.0, 1)));
                if (elapsed >= run.Options.Length)
                {
                    run.Report.Add(new MixedCourse(samples, run.Options.OldSnapshot).Line(MixedLoad.AtOnce, failures));
                    if (failures > 0) throw new InvalidOperationException($"{failures} workflows failed; the reasons are on standard error.");
                    break;
                }
                if (run.Options.OldSnapshot) snapshot = await HoldAsync(snapshot, elapsed / run.Options.Length);
                if (purging.IsCompleted) await purging;
                await Task.Delay(Every, cancellation);
            }
        }
        finally
        {
            if (snapshot is not null) await snapshot.DisposeAsync();
            await over.CancelAsync();
            await purging;
        }

        // From a third of the time to two thirds.
        async Task<NpgsqlConnection?> HoldAsync(NpgsqlConnection? held, double share)
        {
            if (held is null && share is >= 1.0 / 3 and < 2.0 / 3)
            {
                held = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(run.Database.ConnectionString) { Pooling = false }.ConnectionString);
                await held.OpenAsync(cancellation);
                // The snapshot is taken by the first statement and kept to the end.
                await using var take = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT txid_current_snapshot()", held);
                await take.ExecuteNonQueryAsync(cancellation);
            }
            else if (held is not null && share >= 2.0 / 3)
            {
                await held.DisposeAsync();
                held = null;
            }
            return held;
        }
    }

    private static async Task PurgeAsync(DurableTaskClient client, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await Task.Delay(PurgeEvery, over);
                await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(CreatedTo: TimeProvider.System.GetUtcNow() - Kept), over);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The load is over.
        }
    }
}
