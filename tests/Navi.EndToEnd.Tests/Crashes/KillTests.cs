using System.Text.Json;
using Navi.Platform.Checkpoints;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Testing;
using Navi.Testing.Running;
using Npgsql;

namespace Navi.EndToEnd.Tests.Crashes;

/// <summary>kill -9 at the places where something could be lost or done twice.</summary>
public sealed class KillTests
{
    private const string Rename = "rename add_numbers to sum_numbers and run the tests";

    [Fact]
    public async Task Kill_DuringRunCommand_SecondAttemptFromTheSameParentAndOneStep()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Make(navi.Place("repository"), new() { ["work.sh"] = "echo made >> made.txt\nsleep 6\n" });
        var first = await navi.UpAsync();
        var task = await first.CreateTaskAsync(repository, "run `sh work.sh`", preApprove: true);
        var trees = Path.Combine(navi.Home, "workspaces", task.ToString(), "trees");
        await Wait.UntilAsync(
            () => Task.FromResult(Directory.Exists(trees) && Directory.EnumerateFiles(trees, "made.txt", SearchOption.AllDirectories).Any()), () => $"the command did not start\n{first.Printed}");
        await first.KillAsync();

        var second = await navi.UpAsync();
        var ended = await second.FinishedAsync(task);

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
        var call = ended.GetProperty("calls").EnumerateArray().Single(c => c.GetProperty("tool").GetString() == "run_command");
        var started = ended.GetProperty("base_commit").GetString();
        Assert.Equal((2, started), (call.GetProperty("attempt").GetInt32(), call.GetProperty("parent_commit").GetString()));
        AssertEachCallOnce(ended);
        Assert.Equal("1", Repositories.Git(repository, "rev-list", "--count", $"{started}..navi/{task}"));
        Assert.Equal("made", Repositories.Git(repository, "show", $"navi/{task}:made.txt"));
    }

    [Fact]
    public async Task Kill_WhileACheckpointWaits_TheNextProcessFinishesTheTask()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var first = await navi.UpAsync();
        var task = await first.CreateTaskAsync(repository, Rename);
        var gate = await first.PendingAsync(task);
        await first.KillAsync();

        var second = await navi.UpAsync();
        await second.DecideAsync(gate, "approve");
        var ended = await second.FinishedAsync(task);

        Assert.Equal("completed", ended.GetProperty("stop_reason").GetString());
        AssertEachCallOnce(ended);
        Assert.NotNull(Repositories.NaviBranch(repository));
    }

    [Fact]
    public async Task Kill_BetweenTheTasksRowAndItsStart_TheNextProcessStartsIt()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        // What a process leaves that dies right after the commit: the row, and nothing sent.
        await Migrator.RunAsync(navi.Database.ConnectionString, CancellationToken.None);
        await using var database = navi.OpenDatabase();
        var task = (await new TaskStore(database).CreateAsync(
            new NewTask("local", "local", repository, Rename, "rules", "Local", true, 60, TimeSpan.FromHours(1), null, ""), CancellationToken.None)).Task!.Id;

        var up = await navi.UpAsync();
        var ended = await up.FinishedAsync(task);

        Assert.Equal("completed", ended.GetProperty("stop_reason").GetString());
        AssertEachCallOnce(ended);
    }

    [Fact]
    public async Task Kill_BetweenADecisionsRowAndItsEvent_TheGateIsWoken()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var first = await navi.UpAsync();
        var task = await first.CreateTaskAsync(repository, Rename);
        var gate = await first.PendingAsync(task);
        await first.KillAsync();
        await using var database = navi.OpenDatabase();
        var (outcome, _, _) = await new Decisions(database).DecideAsync(Scope.Of("local"), gate, new DecisionRequest("approve", null, null, null), "local", CancellationToken.None);

        var second = await navi.UpAsync();
        var ended = await second.FinishedAsync(task);

        Assert.Equal(DecisionOutcome.Recorded, outcome);
        Assert.Equal("completed", ended.GetProperty("stop_reason").GetString());
        AssertEachCallOnce(ended);
    }

    [Fact]
    public async Task Up_TwoProcessesOneDatabase_ShareTheWorkAndSurviveEachOther()
    {
        await using var navi = await Installation.CreateAsync();
        var first = await navi.UpAsync();
        var second = await navi.UpAsync();
        var tasks = new List<Guid>();
        for (var i = 0; i < 6; i++)
            tasks.Add(await (i % 2 == 0 ? first : second).CreateTaskAsync(Repositories.Python(navi.Place($"repository-{i}")), Rename, preApprove: true));
        await first.KillAsync();

        foreach (var task in tasks)
        {
            var ended = await second.FinishedAsync(task);
            Assert.Equal("completed", ended.GetProperty("stop_reason").GetString());
            AssertEachCallOnce(ended);
        }
    }

    [Fact]
    public async Task Up_TwoProcessesOneDatabase_BothExecuteActivities()
    {
        await using var navi = await Installation.CreateAsync();
        var first = await navi.UpAsync();
        var second = await navi.UpAsync();
        await using var database = NpgsqlDataSource.Create(navi.Database.ConnectionString);
        // A call's row goes when its result is stored, by the worker that executed it: that is the moment to note who it was.
        await ExecuteAsync(
            """
            CREATE TABLE public.executed (process text NOT NULL);
            CREATE FUNCTION public.note_executed() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              INSERT INTO public.executed SELECT name FROM durable.workers WHERE worker_id = OLD.worker_id;
              RETURN NULL;
            END $$;
            CREATE TRIGGER note_executed AFTER DELETE ON durable.activities FOR EACH ROW EXECUTE FUNCTION public.note_executed();
            """);

        // Whoever is asked may be overtaken by the other, so one pair of tasks need not be enough.
        for (var round = 0; round < 5 && (await ExecutedAsync()).Length < 2; round++)
        {
            var tasks = new[]
            {
                await first.CreateTaskAsync(Repositories.Python(navi.Place($"first-{round}")), Rename, preApprove: true),
                await second.CreateTaskAsync(Repositories.Python(navi.Place($"second-{round}")), Rename, preApprove: true),
            };
            foreach (var task in tasks)
            {
                var ended = await first.FinishedAsync(task);
                Assert.Equal("completed", ended.GetProperty("stop_reason").GetString());
                AssertEachCallOnce(ended);
            }
        }

        Assert.Equal(
            new[] { first.ProcessId, second.ProcessId }.Select(id => $"{Environment.MachineName}:{id}").Order(StringComparer.Ordinal),
            (await ExecutedAsync()).Order(StringComparer.Ordinal));

        async Task ExecuteAsync(string sql)
        {
            await using var command = database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }

        async Task<string[]> ExecutedAsync()
        {
            await using var command = database.CreateCommand("SELECT coalesce(array_agg(DISTINCT process), '{}') FROM public.executed");
            return (string[])(await command.ExecuteScalarAsync())!;
        }
    }

    private static void AssertEachCallOnce(JsonElement task)
    {
        var calls = task.GetProperty("calls").EnumerateArray().ToList();
        Assert.NotEmpty(calls);
        Assert.All(calls, c => Assert.Equal("done", c.GetProperty("status").GetString()));
        Assert.Equal(calls.Count, calls.Select(c => c.GetProperty("call_id").GetString()).Distinct().Count());
    }
}
