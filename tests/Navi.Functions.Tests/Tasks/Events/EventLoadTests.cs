using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Tasks;
using Navi.Testing;
using Navi.Testing.Service;
using Npgsql;

namespace Navi.Functions.Tests.Tasks.Events;

/// <summary>What many streams cost.</summary>
public sealed class EventLoadTests(ITestOutputHelper output)
{
    private const int Many = 200;
    private const int Rounds = 40;

    [Fact]
    public async Task Streams_TwoHundredOfOneTask_AskTheDatabaseAsOftenAsOne()
    {
        await using var navi = await Slice.StartAsync((_, _) => [("ask_person", new { question = "Which one?" })]);
        var task = await navi.CreateAsync();
        await navi.PendingAsync(task);
        using var queries = new QueryCounter(new NpgsqlConnectionStringBuilder(navi.ConnectionString).Database!);
        using var readers = new Readers(navi, task);
        await readers.OpenAsync(1, "event: checkpoint_opened");
        var one = await MeasureAsync("1 stream");
        await readers.OpenAsync(Many - 1, "event: checkpoint_opened");
        var many = await MeasureAsync($"{Many} streams");

        // Rounds are told apart from everything else that touches events; a stream that asks by itself would show there.
        Assert.Equal((0, 0), (one.Others, many.Others));
        await navi.Services.GetRequiredService<TaskProgress>().NoteAsync(task, "for_all", new { }, CancellationToken.None);
        await readers.AllSeeAsync("event: for_all");
        output.WriteLine($"an event reached all {Many} streams; queries on events since the beginning: {queries.Rounds} rounds, {queries.Others} others, which is what opening the streams took");

        async Task<(int Rounds, int Others)> MeasureAsync(string what)
        {
            var (rounds, others, commits, clock) = (queries.Rounds, queries.Others, await CommitsAsync(navi), Stopwatch.StartNew());
            await Wait.UntilAsync(() => Task.FromResult(queries.Rounds >= rounds + Rounds), () => "the watcher does not ask");
            var (looked, asked, seconds) = (queries.Rounds - rounds, queries.Others - others, clock.Elapsed.TotalSeconds);
            output.WriteLine(FormattableString.Invariant(
                $"{what}: {looked} rounds and {asked} other queries on events in {seconds:0.0} s, {(looked + asked) / seconds:0.0} queries/s; transactions of the whole NAVI meanwhile (pg_stat_database): {await CommitsAsync(navi) - commits}"));
            return (looked, asked);
        }
    }

    private static async Task<long> CommitsAsync(Slice navi)
    {
        await using var connection = new NpgsqlConnection(navi.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Open streams that are read line by line.</summary>
    private sealed class Readers(Slice navi, Guid task) : IDisposable
    {
        private readonly List<StreamReader> open = [];

        /// <summary>Opens streams and reads each up to a line.</summary>
        public async Task OpenAsync(int count, string line)
        {
            for (var n = 0; n < count; n++)
            {
                var answer = await navi.Http.GetAsync($"/v1/tasks/{task}/events", HttpCompletionOption.ResponseHeadersRead);
                Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
                open.Add(new StreamReader(await answer.Content.ReadAsStreamAsync()));
                await SeesAsync(open[^1], line);
            }
        }

        public async Task AllSeeAsync(string line)
        {
            foreach (var reader in open)
                await SeesAsync(reader, line);
        }

        public void Dispose() => open.ForEach(r => r.Dispose());

        private static async Task SeesAsync(StreamReader reader, string line)
        {
            using var limit = new CancellationTokenSource(Wait.Patience);
            while (await reader.ReadLineAsync(limit.Token) is var found && found != line)
                Assert.True(found is not null, $"The stream ended before '{line}'.");
        }
    }
}
