using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Navi.Testing;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary><c>navi durable</c> as a process, at a database that a worker of the test works on.</summary>
public sealed class DurableCommandTests : IAsyncLifetime
{
    private DurableWorld world = null!;

    public async ValueTask InitializeAsync() => world = await DurableWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task List_Filters_ShowWhatMatches()
    {
        await world.RunAsync("Two", "first-1");
        await world.WaitingAsync("first-2");
        await world.WaitingAsync("other-1");

        var all = (await world.NaviAsync(0, null, "list")).Output;
        var failed = JsonNode.Parse((await world.NaviAsync(0, null, "list", "--status", "failed", "--since", "1h", "--json")).Output)!;
        var some = await world.NaviAsync(0, null, "list", "--prefix", "first-", "--limit", "1");

        Assert.All(["ID", "first-1", "failed", "first-2", "running", "other-1"], text => Assert.Contains(text, all, StringComparison.Ordinal));
        Assert.Equal("first-1", Assert.Single(failed["items"]!.AsArray())!["id"]!.ToString());
        Assert.Contains("first-1", some.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("first-2", some.Output, StringComparison.Ordinal);
        Assert.Contains("more than 1", some.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_FailedInstance_TellsItsFailureAndTheWayThere()
    {
        await world.RunAsync("Two", "instance-1");

        var text = (await world.NaviAsync(0, null, "show", "instance", "--width", "10")).Output;
        var json = JsonNode.Parse((await world.NaviAsync(0, null, "show", "instance-1", "--json")).Output)!;

        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("instance-1  Two  failed", lines);
        Assert.Contains(lines, line => line.StartsWith("failure: Microsoft.DurableTask.TaskFailedException", StringComparison.Ordinal));
        Assert.Contains("because of: System.InvalidOperationException: the disk is full", lines);
        Assert.Contains(lines, line => line.EndsWith("0  activity Do done: \"did one\"", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith("1  activity Do failed: System.In…", StringComparison.Ordinal) && line.StartsWith("8  ", StringComparison.Ordinal) && line.Contains(" s  ", StringComparison.Ordinal));
        Assert.EndsWith("ended: failed", lines.Last(line => line.Length > 0));
        Assert.Equal("failed", json["status"]!.ToString());
        Assert.Equal("in", json["input"]!.ToString());
        Assert.Equal("the disk is full", json["history"]![7]!["failure"]!["message"]!.ToString());
    }

    [Fact]
    public async Task Rewind_ThenRestart_DoWhatTheySay()
    {
        await world.RunAsync("Two", "instance-1");
        world.Mend();

        await world.NaviAsync(0, null, "rewind", "instance-1", "--reason", "disk is larger");
        var end = await world.EndOf("instance-1");
        var shown = (await world.NaviAsync(0, null, "show", "instance-1")).Output;
        var restarted = JsonNode.Parse((await world.NaviAsync(0, null, "restart", "instance-1", "--new-id", "--json")).Output)!["id"]!.ToString();

        Assert.Equal("did one did two", end.ReadOutputAs<string>());
        Assert.Contains("rewound: disk is larger", shown, StringComparison.Ordinal);
        Assert.Contains("(taken back)", shown, StringComparison.Ordinal);
        Assert.Equal("did one did two", (await world.EndOf(restarted)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task SuspendResumeTerminate_ReachTheInstance()
    {
        await world.WaitingAsync("instance-1");

        await world.NaviAsync(0, null, "suspend", "instance-1");
        await StatusAsync(OrchestrationRuntimeStatus.Suspended);
        await world.NaviAsync(0, null, "resume", "instance-1");
        await StatusAsync(OrchestrationRuntimeStatus.Running);
        await world.NaviAsync(0, null, "terminate", "instance-1", "--output", "enough");

        var end = await world.EndOf("instance-1");
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (end.RuntimeStatus, end.ReadOutputAs<string>()));
        var again = await world.NaviAsync(1, null, "terminate", "instance-1");
        Assert.Contains("has ended (Terminated)", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_AsksAndRefusesWhatRuns()
    {
        await world.RunAsync("Two", "instance-1");
        await world.RunAsync("Two", "instance-2");
        await world.WaitingAsync("waiting-1");

        var unasked = await world.NaviAsync(2, null, "purge", "instance-1");
        var no = await world.NaviAsync(2, "no", "purge", "--status", "failed");
        Assert.NotNull(await world.Client.GetInstanceAsync("instance-1"));
        await world.NaviAsync(0, "yes", "purge", "instance-1");
        var running = await world.NaviAsync(1, null, "purge", "waiting-1", "--yes");
        var rest = JsonNode.Parse((await world.NaviAsync(0, null, "purge", "--before", "2100-01-01", "--yes", "--json")).Output)!;

        Assert.Contains("--yes", unasked.Error, StringComparison.Ordinal);
        Assert.Contains("removes 2 instances", no.Error, StringComparison.Ordinal);
        Assert.Contains("waiting-1 is running: only an instance that has ended is purged", running.Error, StringComparison.Ordinal);
        Assert.Contains("durable terminate waiting-1", running.Error, StringComparison.Ordinal);
        Assert.Equal(1, rest["purged"]!.GetValue<int>());
        Assert.Null(await world.Client.GetInstanceAsync("instance-2"));
        Assert.NotNull(await world.Client.GetInstanceAsync("waiting-1"));
    }

    [Fact]
    public async Task Commands_WrongInstanceOrUsage_SayWhatWouldBeRight()
    {
        await world.WaitingAsync("instance-1");
        await world.WaitingAsync("instance-2");

        var unknown = await world.NaviAsync(1, null, "show", "nobody-there");
        var several = await world.NaviAsync(2, null, "suspend", "instance");
        var running = await world.NaviAsync(1, null, "rewind", "instance-1");
        var restart = await world.NaviAsync(1, null, "restart", "instance-1");
        var both = await world.NaviAsync(2, null, "purge", "instance-1", "--status", "failed");
        var neither = await world.NaviAsync(2, null, "purge", "--yes");

        Assert.Contains("No instance has the id 'nobody-there' or begins so", unknown.Error, StringComparison.Ordinal);
        Assert.All(["instance-1  Wait  running", "instance-2  Wait  running"], line => Assert.Contains(line, several.Error, StringComparison.Ordinal));
        Assert.Contains("has not failed (Running)", running.Error, StringComparison.Ordinal);
        Assert.Contains("has not ended (Running)", restart.Error, StringComparison.Ordinal);
        Assert.All([both, neither], process => Assert.Contains("either INSTANCE, or --status, --before or both", process.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_DatabaseWithoutRuntimeOrAway_ExitWithFour()
    {
        await using var empty = await TestDatabase.CreateAsync();
        world.Environment["NAVI_DATABASE"] = empty.ConnectionString;
        var bare = await world.NaviAsync(4, null, "list");
        world.Environment["NAVI_DATABASE"] = "Host=127.0.0.1;Port=1;Username=x;Password=Zx8kq2;Database=x;Timeout=2";
        var away = await world.NaviAsync(4, null, "list");

        Assert.Contains("migrate' makes its schema", bare.Error, StringComparison.Ordinal);
        Assert.Contains("can't be reached", away.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Zx8kq2", away.Error, StringComparison.Ordinal);
    }

    private Task StatusAsync(OrchestrationRuntimeStatus status) =>
        Wait.UntilAsync(async () => (await world.Client.GetInstanceAsync("instance-1"))?.RuntimeStatus == status, () => $"instance-1 was not {status}.");
}
