using LibGit2Sharp;
using Navi.Agent.Tests.Support;
using Navi.Agent.Workspace;
using Navi.Testing.Running;

namespace Navi.Agent.Tests.Workspace;

public sealed class RemoteTests
{
    [Fact]
    public async Task Publish_ToAnHttpRemote_ClonesAndPushesOnce()
    {
        var stop = TestContext.Current.CancellationToken;
        using var hands = new AgentHands();
        using var source = new SourceFixture();
        using var directory = new TempDirectory();
        source.With("a.txt", "one\n").Commit();
        var served = directory["served.git"];
        Repository.Clone(source.Path, served, new CloneOptions { IsBare = true });
        await using var server = await GitHttpServer.StartAsync(Path.GetDirectoryName(served)!);
        var url = $"{server.Address}/served.git";

        await hands.PrepareAsync("t", url);
        var commit = hands.Step("t", "c1", root => File.WriteAllText(Path.Combine(root, "a.txt"), "two\n"));
        var result = await hands.Store.PublishAsync("t", url, "navi/t", commit, stop);
        var again = await hands.Store.PublishAsync("t", url, "navi/t", commit, stop);

        Assert.Equal(new PublishResult("navi/t", commit, url), result);
        Assert.Equal(result, again);
        using var there = new Repository(served);
        Assert.Equal(commit, there.Branches["navi/t"].Tip.Sha);
    }

    [Fact]
    public async Task Prepare_FromAnHttpAddressWithoutARepository_SaysSo()
    {
        using var hands = new AgentHands();
        using var directory = new TempDirectory();
        await using var server = await GitHttpServer.StartAsync(directory["nothing"]);

        var error = await Assert.ThrowsAsync<WorkspaceException>(() => hands.PrepareAsync("t", $"{server.Address}/missing.git"));

        Assert.Equal("clone_failed", error.Code);
        Assert.Contains("missing.git", error.Message, StringComparison.Ordinal);
    }
}
