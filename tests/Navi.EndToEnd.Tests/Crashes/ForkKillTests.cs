using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Tasks.Forks;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Crashes;

/// <summary>kill -9 between a fork's row and its first own turn.</summary>
public sealed class ForkKillTests
{
    private const string Rename = "rename add_numbers to sum_numbers and run the tests";

    [Fact]
    public async Task Kill_WhileTheHistoryIsCopied_TheNextProcessCopiesItAndNothingIsDoneTwice()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var first = await navi.UpAsync();
        var origin = await first.CreateTaskAsync(repository, Rename, preApprove: true);
        await first.FinishedAsync(origin);
        // The copy stops at a file that nobody writes to: the process is killed in the middle of it, whatever the machine's speed.
        var block = Path.Combine(navi.Home, "workspaces", origin.ToString(), "repo.git", "objects", "block");
        using (var make = Process.Start("mkfifo", [block]))
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var forked = await first.Http.PostAsJsonAsync($"/v1/tasks/{origin}/fork", new { call_id = "0-0" }, TestContext.Current.CancellationToken);
        var fork = (await forked.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetGuid();
        var workspace = Path.Combine(navi.Home, "workspaces", fork.ToString());
        await Wait.UntilAsync(
            () => Task.FromResult(Directory.Exists(workspace) && Directory.EnumerateDirectories(workspace, "part-*").Any(p => File.Exists(Path.Combine(p, "HEAD")))), () => $"the copy did not start\n{first.Printed}");
        await first.KillAsync();
        File.Delete(block);
        Assert.False(Directory.Exists(Path.Combine(workspace, "repo.git")));

        var second = await navi.UpAsync();
        await second.DecideAsync(await second.PendingAsync(fork), "approve");

        await AssertDoneOnceAsync(navi, await second.FinishedAsync(fork), repository, origin, fork);
    }

    [Fact]
    public async Task Kill_BetweenTheForksRowAndItsStart_TheNextProcessStartsIt()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var first = await navi.UpAsync();
        var origin = await first.CreateTaskAsync(repository, Rename, preApprove: true);
        var ended = await first.FinishedAsync(origin);
        await first.KillAsync();
        // What a process leaves that dies right after the commit: the rows, and nothing sent.
        await using var database = navi.OpenDatabase();
        var head = ended.GetProperty("calls").EnumerateArray().Single(c => c.GetProperty("call_id").GetString() == "0-0").GetProperty("commit").GetString()!;
        var fork = (await new TaskStore(database).CreateAsync(
            new NewTask("local", "local", repository, Rename, "rules", "Local", true, 60, TimeSpan.FromHours(1), null, "", Fork: new ForkPoint(origin, "0-0", 0, 0, head) { OnlyModel = "rules" }),
            TestContext.Current.CancellationToken)).Task!.Id;

        var second = await navi.UpAsync();

        await AssertDoneOnceAsync(navi, await second.FinishedAsync(fork), repository, origin, fork);
    }

    private static async Task AssertDoneOnceAsync(Installation navi, JsonElement task, string repository, Guid origin, Guid fork)
    {
        Assert.Equal("completed", task.GetProperty("stop_reason").GetString());
        var calls = task.GetProperty("calls").EnumerateArray().ToList();
        Assert.Equal(["0-0", "1-model", "1-0", "2-model", "2-0"], calls.Select(c => c.GetProperty("call_id").GetString()));
        Assert.Equal(["0-0"], calls.Where(c => c.GetProperty("inherited").GetBoolean()).Select(c => c.GetProperty("call_id").GetString()));
        Assert.All(calls, c => Assert.Equal("done", c.GetProperty("status").GetString()));
        await using var database = navi.OpenDatabase();
        var events = await new TaskEventStore(database).ReadAsync(Scope.System, fork, 0, 1000, TestContext.Current.CancellationToken);
        Assert.Equal("task_forked", events[0].Type);
        Assert.All(new[] { "task_forked", "task_created", "task_started", "workspace_ready", "published", "task_finished" }, type => Assert.Single(events, e => e.Type == type));
        Assert.Equal("1", Repositories.Git(repository, "rev-list", "--count", $"main..navi/{fork}"));
        Assert.Equal(Repositories.Git(repository, "rev-parse", $"navi/{origin}"), Repositories.Git(repository, "rev-parse", $"navi/{fork}"));
    }
}
