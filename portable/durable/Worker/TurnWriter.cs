using System.Runtime.CompilerServices;
using Navi.Portable.Durable.Storage;
using Npgsql;

namespace Navi.Portable.Durable.Worker;

/// <summary>
/// Writes turns in groups: what is ready when a writer is free goes into one transaction, and nothing waits for company. A writer begins
/// on the thread that brings it work, and ends on the thread that brings it the database's answer, where the last of its turns goes on:
/// a chain of steps costs no other change of threads.
/// </summary>
internal sealed class TurnWriter(TurnStore store, DurableMeters meters, long worker, ITurnEnds ends, CancellationToken abandoned)
{
    private const int Writers = 2;
    private const int MostAtOnce = 64;
    private readonly Lock gate = new();
    private readonly Queue<PendingTurn> queue = [];
    private int active;

    public void Enqueue(PendingTurn turn)
    {
        lock (gate)
        {
            queue.Enqueue(turn);
            if (active == Writers) return;
            active++;
        }
        _ = WriteAsync();
    }

    private async Task WriteAsync()
    {
        while (TryTake(out var group))
        {
            var written = await WriteAsync(group);
            bool goesOn;
            lock (gate)
            {
                goesOn = queue.Count > 0;
                if (!goesOn) active--;
            }
            for (var n = 0; n < group.Count - 1; n++) ThreadPool.UnsafeQueueUserWorkItem(static end => end.Ends.Ended(end.Turn, end.Result, here: false), (Ends: ends, Turn: group[n], Result: written[n]), preferLocal: false);
            if (goesOn || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            {
                ThreadPool.UnsafeQueueUserWorkItem(static end => end.Ends.Ended(end.Turn, end.Result, here: false), (Ends: ends, Turn: group[^1], Result: written[^1]), preferLocal: false);
                if (goesOn) continue;
                return;
            }
            ends.Ended(group[^1], written[^1], here: true);
            return;
        }
    }

    private bool TryTake(out List<PendingTurn> group)
    {
        group = [];
        lock (gate)
        {
            while (group.Count < MostAtOnce && queue.TryPeek(out var next))
            {
                // One that is not plain is written by itself.
                if (group.Count > 0 && !(next.Write.IsPlain && group[0].Write.IsPlain)) break;
                group.Add(queue.Dequeue());
            }
            if (group.Count > 0) return true;
            active--;
            return false;
        }
    }

    private async Task<WriteResult[]> WriteAsync(List<PendingTurn> group)
    {
        try
        {
            if (!group[0].Write.IsPlain) return [new WriteResult(await store.CommitAsync(group[0].Write, worker, abandoned), null)];
            meters.Group(group.Count);
            var commits = await store.CommitAsync(group.ConvertAll(turn => turn.Write), worker, abandoned);
            return Array.ConvertAll(commits, commit => new WriteResult(commit, null));
        }
        catch (Exception exception) when (group.Count > 1 && exception is not NpgsqlException { InnerException: IOException or TimeoutException } && !abandoned.IsCancellationRequested)
        {
            // One of them can't be stored: alone, only that one fails.
            var results = new List<WriteResult>();
            foreach (var turn in group) results.AddRange(await WriteAsync([turn]));
            return [.. results];
        }
        catch (Exception exception)
        {
            return [.. group.Select(_ => new WriteResult(null, exception))];
        }
    }
}
