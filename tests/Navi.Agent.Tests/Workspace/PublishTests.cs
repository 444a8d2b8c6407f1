using LibGit2Sharp;
using Navi.Agent.Tests.Support;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tests.Workspace;

public sealed class PublishTests : IDisposable
{
    private readonly AgentHands hands = new();
    private readonly SourceFixture source = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_LocalSource_AddsTheBranchAndTouchesNothingElse()
    {
        source.With("a.txt", "one\n").Commit();
        source.With("a.txt", "dirty\n");
        var commit = await ChangeAsync("t", "two\n");
        var before = source.Fingerprint();

        var result = await hands.Store.PublishAsync("t", source.Path, "navi/t", commit, Stop);
        var again = await hands.Store.PublishAsync("t", source.Path, "navi/t", commit, Stop);

        Assert.Equal(new PublishResult("navi/t", commit, source.Path), result);
        Assert.Equal(result, again);
        Assert.Equal("two\n", source.Read("navi/t", "a.txt"));
        var added = source.Fingerprint().Except(before).Select(f => f.Key).ToList();
        Assert.All(added, f => Assert.True(f.StartsWith(".git/objects/", StringComparison.Ordinal) || f is ".git/refs/heads/navi/t" or ".git/logs/refs/heads/navi/t", f));
        Assert.Empty(before.Except(source.Fingerprint()));
    }

    [Fact]
    public async Task Publish_BranchAtAnotherCommit_IsAnError()
    {
        source.With("a.txt", "one\n").Commit();
        var commit = await ChangeAsync("t", "two\n");
        using (var repository = new Repository(source.Path))
            repository.CreateBranch("navi/t");
        var error = await Assert.ThrowsAsync<WorkspaceException>(() => hands.Store.PublishAsync("t", source.Path, "navi/t", commit, Stop));
        Assert.Equal("branch_exists", error.Code);
        Assert.Equal("one\n", source.Read("navi/t", "a.txt"));
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("-x")]
    [InlineData("")]
    public async Task Publish_InvalidBranch_IsRefused(string branch)
    {
        source.With("a.txt", "one\n").Commit();
        var commit = await ChangeAsync("t", "two\n");
        Assert.Equal("invalid_branch", (await Assert.ThrowsAsync<WorkspaceException>(() => hands.Store.PublishAsync("t", source.Path, branch, commit, Stop))).Code);
    }

    [Fact]
    public async Task Publish_SourceGone_SaysSo()
    {
        source.With("a.txt", "one\n").Commit();
        var commit = await ChangeAsync("t", "two\n");
        Directory.Move(source.Path, source.Path + "-moved");
        Assert.Equal("not_found", (await Assert.ThrowsAsync<WorkspaceException>(() => hands.Store.PublishAsync("t", source.Path, "navi/t", commit, Stop))).Code);
    }

    private async Task<string> ChangeAsync(string task, string content)
    {
        await hands.PrepareAsync(task, source.Path);
        return hands.Step(task, "c1", root => File.WriteAllText(Path.Combine(root, "a.txt"), content));
    }

    public void Dispose()
    {
        hands.Dispose();
        source.Dispose();
    }
}
