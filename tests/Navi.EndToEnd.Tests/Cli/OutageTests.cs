namespace Navi.EndToEnd.Tests.Cli;

public sealed class OutageTests : IAsyncLifetime
{
    private Commands cli = null!;

    public async ValueTask InitializeAsync() => cli = await Commands.CreateAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task Run_NaviIsAwayForAWhile_SaysSoAndResumesWhereItWas()
    {
        cli.Navi.Add("task_started");
        var run = cli.Start("run", "--repo", "https://example.org/r.git", "do it");
        await run.PrintsAsync("started");
        cli.Navi.Down = true;
        await run.PrintsAsync("can't be reached");
        cli.Navi.Down = false;
        await run.PrintsAsync("answers again");
        cli.Navi.Finish("completed");
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Equal(2, run.Output.Split("started").Length);
        Assert.Equal("1", cli.Navi.Streams[^1]);
    }

    [Fact]
    public async Task Run_NaviStaysAway_ExitsFourAndSaysHowToGoOn()
    {
        cli.Environment["NAVI_RETRY_SECONDS"] = "1";
        cli.Navi.Add("task_started");
        var run = cli.Start("run", "--repo", "https://example.org/r.git", "do it");
        await run.PrintsAsync("started");
        cli.Navi.Down = true;
        Assert.Equal(4, await run.ExitCodeAsync());
        Assert.Contains($"navi watch {ScriptedNavi.TaskId}", run.Error);
    }

    [Fact]
    public async Task Run_TaskCantBeReadAtItsEnd_AsksAgainAndShowsTheEndOnce()
    {
        cli.Navi.Add("task_started");
        var run = cli.Start("run", "--repo", "https://example.org/r.git", "do it");
        await run.PrintsAsync("started");
        cli.Navi.TaskOutages = 1;
        cli.Navi.Finish("completed");
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Equal(2, run.Output.Split("finished: completed").Length);
        // The end was not taken as seen before the task was read.
        Assert.Equal("1", cli.Navi.Streams[^1]);
    }

    [Fact]
    public async Task Run_NobodyListens_ExitsFour()
    {
        cli.Environment["NAVI_URL"] = "http://127.0.0.1:1";
        var run = await cli.RunAsync(4, "run", "--repo", "https://example.org/r.git", "do it");
        Assert.Contains("does not answer", run.Error);
    }

    [Fact]
    public async Task Run_Interrupted_SaysThatTheTaskStays()
    {
        cli.Navi.Add("task_started");
        var run = cli.Start("run", "--repo", "https://example.org/r.git", "do it");
        await run.PrintsAsync("started");
        await run.SignalAsync("INT");
        Assert.Equal(130, await run.ExitCodeAsync());
        Assert.Contains($"navi watch {ScriptedNavi.TaskId}", run.Error);
    }

    [Fact]
    public async Task Run_StreamSaysHowLongToWait_ComesBackNoEarlier()
    {
        cli.Navi.RetryMilliseconds = 2_000;
        cli.Navi.Add("task_started");
        var run = cli.Start("run", "--repo", "https://example.org/r.git", "do it");
        await run.PrintsAsync("started");
        var cut = System.Diagnostics.Stopwatch.GetTimestamp();
        cli.Navi.Cut();
        cli.Navi.Finish("completed");
        Assert.Equal(0, await run.ExitCodeAsync());
        // A delay may take longer than asked for, never less.
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(cut, cli.Navi.Asked[^1]) > TimeSpan.FromSeconds(1.9));
        Assert.Equal(["", "1"], cli.Navi.Streams);
    }

    [Fact]
    public async Task Run_NoPlaceForAStream_WaitsAsLongAsNaviAsksAndGoesOn()
    {
        cli.Navi.Refusals = 2;
        cli.Navi.Finish("completed");
        var run = await cli.RunAsync(0, "run", "--repo", "https://example.org/r.git", "do it");
        Assert.Contains("NAVI has no room for this now", run.Output);
        Assert.Contains("answers again", run.Output);
        Assert.Equal(3, cli.Navi.Asked.Count);
        Assert.All(cli.Navi.Asked.Zip(cli.Navi.Asked.Skip(1)), p => Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(p.First, p.Second) >= TimeSpan.FromSeconds(0.9)));
    }
}
