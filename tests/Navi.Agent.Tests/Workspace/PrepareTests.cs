using LibGit2Sharp;
using Navi.Agent.Tests.Support;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tests.Workspace;

public sealed class PrepareTests : IDisposable
{
    private readonly AgentHands hands = new();
    private readonly SourceFixture source = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Prepare_DirtySource_StartsFromHeadAndNamesWhatIsLeftOut()
    {
        var head = source.With("a.txt", "one\n").With(".gitignore", "ignored\n").Commit();
        source.With("a.txt", "changed\n").With("new.txt", "x").With("ignored", "x");
        var before = source.Fingerprint();

        var info = await hands.Store.PrepareAsync("t1", source.Path, Stop);

        Assert.Equal(head, info.BaseCommit);
        Assert.Equal(["a.txt", "new.txt"], info.LeftOut);
        Assert.Equal(2, info.LeftOutCount);
        Assert.Equal("one\n", File.ReadAllText(Path.Combine(hands.Store.ReadTree("t1", head), "a.txt")));
        Assert.Equal(before, source.Fingerprint());
    }

    [Fact]
    public async Task Prepare_CalledAgainAfterTheSourceMoved_GivesTheSameAnswer()
    {
        source.With("a.txt", "one\n").Commit();
        var first = await hands.Store.PrepareAsync("t1", source.Path, Stop);
        source.With("a.txt", "two\n").Commit();

        var second = await hands.Store.PrepareAsync("t1", source.Path, Stop);

        Assert.Equal(first.BaseCommit, second.BaseCommit);
        Assert.Equal(first.LeftOut, second.LeftOut);
    }

    [Fact]
    public async Task Prepare_AfterAKilledOne_Repairs()
    {
        var head = source.With("a.txt", "one\n").Commit();
        Directory.CreateDirectory(Path.Combine(hands.Root, "t1", "part-killed", "objects"));

        Assert.Equal(head, await hands.PrepareAsync("t1", source.Path));
        Assert.Equal(head, hands.Store.Head("t1"));
    }

    [Fact]
    public async Task Prepare_TwiceAtOnce_BothGetTheSameBase()
    {
        var head = source.With("a.txt", "one\n").Commit();
        var infos = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => hands.Store.PrepareAsync("t1", source.Path, Stop)));
        Assert.All(infos, i => Assert.Equal(head, i.BaseCommit));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(hands.Root, "t1"), "part-*"));
    }

    [Theory]
    [InlineData("missing", "not_found")]
    [InlineData("empty", "not_a_repository")]
    [InlineData("source/inner", "subdirectory")]
    [InlineData("unborn", "no_commits")]
    [InlineData("ftp://localhost/x", "not_found")]
    [InlineData("http://127.0.0.1:9/x.git", "clone_failed")]
    [InlineData("", "not_found")]
    public async Task Prepare_WrongRepository_NamesWhatIsWrong(string repository, string code)
    {
        source.With("inner/a.txt", "one\n").Commit();
        var parent = Path.GetDirectoryName(source.Path)!;
        Directory.CreateDirectory(Path.Combine(parent, "empty"));
        Repository.Init(Path.Combine(parent, "unborn"));
        var named = repository.Length == 0 || repository.Contains("://", StringComparison.Ordinal) ? repository : Path.Combine(parent, repository);

        var error = await Assert.ThrowsAsync<WorkspaceException>(() => hands.Store.PrepareAsync("t1", named, Stop));

        Assert.Equal(code, error.Code);
        Assert.Contains(code == "subdirectory" ? source.Path : named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_BareRepositoryFileUrlAndDetachedHead_Work()
    {
        var first = source.With("a.txt", "one\n").Commit();
        source.With("a.txt", "two\n").Commit();
        var bare = Path.Combine(Path.GetDirectoryName(source.Path)!, "bare.git");
        Repository.Clone(source.Path, bare, new CloneOptions { IsBare = true });
        using (var repository = new Repository(source.Path))
            Commands.Checkout(repository, first);

        Assert.Equal(first, await hands.PrepareAsync("detached", source.Path));
        Assert.NotEqual(first, await hands.PrepareAsync("bare", bare));
        Assert.NotEqual(first, await hands.PrepareAsync("url", new Uri(bare).AbsoluteUri));
    }

    [Fact]
    public async Task Prepare_InvalidTaskId_IsRefused()
    {
        var error = await Assert.ThrowsAsync<WorkspaceException>(() => hands.Store.PrepareAsync("../t", source.Path, Stop));
        Assert.Equal("invalid_id", error.Code);
    }

    public void Dispose()
    {
        hands.Dispose();
        source.Dispose();
    }
}
