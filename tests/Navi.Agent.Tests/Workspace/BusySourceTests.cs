using System.Diagnostics;
using LibGit2Sharp;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Workspace;

/// <summary>A source that others write to while it is copied.</summary>
public sealed class BusySourceTests : IDisposable
{
    private readonly AgentHands hands = new();
    private readonly SourceFixture source = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prepare_WhileOthersPublishToTheSameSource_IsDoneEveryTime()
    {
        source.With("a.txt", "one\n").Commit();
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Stop }, async (n, cancellation) =>
        {
            await hands.PrepareAsync($"t{n}", source.Path);
            var commit = hands.Step($"t{n}", "c1", root => File.WriteAllText(Path.Combine(root, "a.txt"), $"{n}\n"));
            await hands.Store.PublishAsync($"t{n}", source.Path, $"navi/t{n}", commit, cancellation);
        });
    }

    [Fact]
    public async Task Prepare_WhileTheSourceIsCollected_HasEveryFile()
    {
        for (var n = 0; n < 200; n++)
            source.With($"d{n % 20}/f{n}.txt", $"{n}\n");
        source.Commit();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var collecting = CollectAsync(end.Token);
        for (var n = 0; n < 40; n++)
        {
            var head = await hands.PrepareAsync($"t{n}", source.Path);
            using var copy = new Repository(Path.Combine(hands.Root, $"t{n}", "repo.git"));
            Assert.InRange(copy.Lookup<Commit>(head).Tree.SelectMany(d => (Tree)d.Target).Count(f => ((Blob)f.Target).Size > 0), 200, 201);
        }
        await end.CancelAsync();
        Assert.True(await collecting > 0);
    }

    // Commits and moves all objects to a new pack, over and over; returns how often.
    private async Task<int> CollectAsync(CancellationToken ending)
    {
        var rounds = 0;
        while (!ending.IsCancellationRequested)
        {
            await RunAsync($"echo {rounds} > d0/round && git add d0 && git -c user.name=Someone -c user.email=someone@localhost.invalid commit -qm next && git gc -q --prune=now");
            rounds++;
        }
        return rounds;
    }

    private async Task RunAsync(string script)
    {
        var start = new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = source.Path };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(Stop);
        Assert.Equal(0, process.ExitCode);
    }

    public void Dispose()
    {
        hands.Dispose();
        source.Dispose();
    }
}
