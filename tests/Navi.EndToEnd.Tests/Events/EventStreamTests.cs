using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Navi.Platform.Data;
using Navi.Platform.Tasks.Events;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Events;

/// <summary>Event streams of a real <c>navi</c> over real sockets.</summary>
public sealed class EventStreamTests(ITestOutputHelper output)
{
    private const string Rename = "rename add_numbers to sum_numbers and run the tests";
    private const int Losses = 100;
    private const int Seed = 20_261_127;

    [Fact]
    public async Task Stream_LostAHundredTimesAndNaviKilledTwice_GivesEveryEventOnceAndInOrder()
    {
        await using var navi = await Installation.CreateAsync();
        var up = await navi.UpAsync();
        var task = await up.CreateTaskAsync(Repositories.Python(navi.Place("one")), Rename);
        var other = await up.CreateTaskAsync(Repositories.Python(navi.Place("other")), Rename);
        var gate = await up.PendingAsync(task);
        await up.PendingAsync(other);
        await using var database = navi.OpenDatabase();
        var (seen, seenOther) = (new List<SeenEvent>(), new List<SeenEvent>());
        await using var writers = new EventWriters(database, navi.Database.ConnectionString, task, other, Seed);
        var client = new SocketClient(task, Token(up), e =>
        {
            seen.Add(e);
            writers.Seen();
        });
        var random = new Random(Seed);
        var kills = 0;
        writers.Start(3);
        for (var losses = 0; losses < Losses;)
        {
            if (losses == Losses / 3 * (kills + 1) && kills < 2)
            {
                var following = client.FollowAsync(up.Http.BaseAddress!, int.MaxValue, false);
                var before = client.Last;
                await Wait.UntilAsync(() => Task.FromResult(client.Last > before + 20), () => "the stream stands still");
                await up.KillAsync();
                kills++;
                Assert.False(await following);
                up = await navi.UpAsync();
            }
            if (await client.FollowAsync(up.Http.BaseAddress!, random.Next(1, 4_000), random.Next(2) == 0))
                losses++;
        }
        await writers.StopAsync();
        await up.DecideAsync(gate, "approve");
        while (!client.IsFinished)
            await client.FollowAsync(up.Http.BaseAddress!, int.MaxValue, false);
        // The other task, from the beginning: what overtook the held commits is there, too.
        var otherEnd = (await new TaskEventStore(database).FindEndAsync(Scope.Of("local"), other, CancellationToken.None))!.Last;
        var otherClient = new SocketClient(other, Token(up), seenOther.Add);
        while (otherClient.Last < otherEnd)
            await otherClient.FollowAsync(up.Http.BaseAddress!, 20_000, false, otherEnd);

        var written = await WrittenAsync(database, task);
        var duplicates = seen.Count - seen.DistinctBy(e => e.Id).Count();
        var gaps = written.Select(e => e.Seq).Except(seen.Select(e => e.Id)).Count();
        output.WriteLine(
            $"seed {Seed}: connections lost {Losses + kills} ({Losses} cut: {client.CutsInsideTheHead} before the answer's head was whole, {client.CutsInsideALine} inside a line; {kills} by SIGKILL of navi), "
            + $"events written {written.Count}, seen {seen.Count}, duplicates {duplicates}, gaps {gaps}; commits held back {writers.Held}, events of another task meanwhile {writers.Overtaken}, seen there {seenOther.Count}");
        Assert.Equal(written.Select(e => (e.Seq, e.Type)), seen.Select(e => (e.Id, e.Type)));
        Assert.All(written.Zip(seen), p => Assert.True(JsonElement.DeepEquals(JsonElement.Parse(p.First.Data), p.Second.Data)));
        Assert.Equal((await WrittenAsync(database, other)).Take(seenOther.Count).Select(e => e.Seq), seenOther.Select(e => e.Id));
        Assert.Equal(Enumerable.Range(1, written.Count).Select(n => (long)n), written.Select(e => e.Seq));
        Assert.True(writers.Held > 0 && client.CutsInsideALine > 0 && client.CutsInsideTheHead > 0, "The seed did not reach every kind of loss.");
    }

    [Fact]
    public async Task Stream_ReadersThatTakeNothing_CostLittleMemory()
    {
        const int Stalled = 40, Count = 20_000, Characters = 4_000;
        await using var navi = await Installation.CreateAsync();
        var up = await navi.UpAsync();
        var task = await up.CreateTaskAsync(Repositories.Python(navi.Place("repository")), Rename);
        await up.PendingAsync(task);
        await using var database = navi.OpenDatabase();
        var client = new SocketClient(task, Token(up), _ => { });
        // What reading costs at all is there before anything is compared.
        await ReadAllAsync(4_000);
        var stalled = new List<Socket>();
        try
        {
            for (var n = 0; n < Stalled; n++)
            {
                stalled.Add(await SocketClient.AskAsync(up.Http.BaseAddress!, task, Token(up), client.Last, 4_096));
                Assert.Equal(1, await stalled[^1].ReceiveAsync(new byte[1]));
            }
            var before = Memory(up, "VmRSS");

            await ReadAllAsync(Count);

            // The highest it ever was, so that nothing given back in time is missed.
            var after = Memory(up, "VmHWM");
            output.WriteLine($"{Stalled} streams that nobody reads while {Count} events of {Characters} characters go by: resident memory {before >> 20} MiB before, {after >> 20} MiB at its highest");
            Assert.True(after - before < 100 << 20, $"{(after - before) >> 20} MiB more");
        }
        finally
        {
            stalled.ForEach(s => s.Dispose());
        }

        async Task ReadAllAsync(int count)
        {
            await NoteManyAsync(database, task, count, Characters);
            var end = (await new TaskEventStore(database).FindEndAsync(Scope.Of("local"), task, CancellationToken.None))!.Last;
            while (client.Last < end)
                await client.FollowAsync(up.Http.BaseAddress!, int.MaxValue, false, end);
        }
    }

    private static string Token(Service up) => up.Http.DefaultRequestHeaders.Authorization!.Parameter!;

    // Bytes, from the kernel's own account of the process.
    private static long Memory(Service up, string what) =>
        long.Parse(File.ReadLines($"/proc/{up.ProcessId}/status").Single(l => l.StartsWith(what + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;

    private static Task NoteManyAsync(NaviDatabase database, Guid task, int count, int characters) => database.RunAsync(Scope.System, c => Dapper.SqlMapper.ExecuteAsync(
        c,
        """
        WITH last AS (UPDATE navi.tasks SET event_seq = event_seq + @count WHERE id = @task RETURNING org_id, event_seq - @count AS before)
        INSERT INTO navi.task_events (org_id, task_id, seq, type, data) SELECT org_id, @task, before + n, 'note', jsonb_build_object('text', repeat('x', @characters)) FROM last, generate_series(1, @count) n
        """,
        new { task, count, characters }), CancellationToken.None);

    private static async Task<List<TaskEvent>> WrittenAsync(NaviDatabase database, Guid task)
    {
        var store = new TaskEventStore(database);
        var written = new List<TaskEvent>();
        while (await store.ReadAsync(Scope.System, task, written.Count == 0 ? 0 : written[^1].Seq, 500, CancellationToken.None) is { Count: > 0 } part)
            written.AddRange(part);
        return written;
    }
}
