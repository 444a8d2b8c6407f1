using LibGit2Sharp;
using Navi.Agent.Tests.Support;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tests.Workspace;

public sealed class ForgedTreeTests : IDisposable
{
    private readonly ForgedRepository forged = new();
    private readonly TempDirectory directory = new();

    [Fact]
    public async Task Prepare_LinkAndDirectoryOfTheSameName_IsRefusedAndNothingIsWrittenOutside()
    {
        var commit = LinkTwin();

        using var hands = new AgentHands();
        var error = await Assert.ThrowsAsync<WorkspaceException>(() => hands.PrepareAsync("t", forged.Path));

        Assert.Equal("unsafe_tree", error.Code);
        Assert.Contains("'a' is there more than once", error.Message, StringComparison.Ordinal);
        Assert.Equal("unsafe_tree", CheckOut(commit)?.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(forged.Outside));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(".git")]
    [InlineData(".GIT")]
    [InlineData("a/b")]
    [InlineData("../escaped")]
    public void CheckOut_DangerousName_IsRefused(string name)
    {
        var blob = forged.Blob("x");
        Assert.Equal("unsafe_tree", CheckOut(forged.Commit(forged.Tree(("100644", name, blob))))?.Code);
        Assert.Equal("unsafe_tree", CheckOut(forged.Commit(forged.Tree(("40000", name, forged.Tree(("100644", "inner", blob))))))?.Code);
        Assert.False(File.Exists(directory["escaped"]));
    }

    [Fact]
    public void CheckOut_TooDeepTree_IsRefused()
    {
        var tree = forged.Tree(("100644", "f", forged.Blob("x")));
        for (var i = 0; i < 16; i++)
            tree = forged.Tree(("40000", new string('d', 250), tree));
        Assert.Contains("longer than", CheckOut(forged.Commit(tree))?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckOut_LinkThatLiesThereAlready_IsNotFollowed()
    {
        var commit = forged.Commit(forged.Tree(("40000", "a", forged.Tree(("100644", "proof", forged.Blob("x"))))));
        Directory.CreateDirectory(directory["tree"]);
        File.CreateSymbolicLink(directory["tree/a"], forged.Outside);

        Assert.Equal("unsafe_tree", CheckOut(commit)?.Code);

        Assert.Empty(Directory.EnumerateFileSystemEntries(forged.Outside));
    }

    [Fact]
    public void CheckOut_PlainTree_IsLaidOut()
    {
        var blob = forged.Blob("x");
        var inner = forged.Tree(("100755", "run", blob), ("120000", "link", forged.Blob("../../nowhere")));
        Assert.Null(CheckOut(forged.Commit(forged.Tree(("40000", "a", forged.Tree(("40000", "b", inner), ("100644", "c", blob))), ("40000", "b", inner)))));
        Assert.Equal("x", File.ReadAllText(directory["tree/a/b/run"]));
        Assert.Equal("x", File.ReadAllText(directory["tree/b/run"]));
        Assert.Equal("x", File.ReadAllText(directory["tree/a/c"]));
        Assert.Equal("../../nowhere", new FileInfo(directory["tree/a/b/link"]).LinkTarget);
        Assert.True(File.GetUnixFileMode(directory["tree/a/b/run"]).HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherRead));
        Assert.False(File.GetUnixFileMode(directory["tree/a/c"]).HasFlag(UnixFileMode.UserExecute));
    }

    public void Dispose()
    {
        forged.Dispose();
        directory.Dispose();
    }

    private string LinkTwin() => forged.Commit(forged.Tree(
        ("120000", "a", forged.Blob(forged.Outside)),
        ("40000", "a", forged.Tree(("100644", "proof", forged.Blob("x"))))));

    private WorkspaceException? CheckOut(string commit)
    {
        using var repository = new Repository(forged.Path);
        return Record.Exception(() => TreeCheckout.Write(repository, repository.Lookup<Commit>(commit), directory["tree"])) switch
        {
            null => null,
            WorkspaceException refused => refused,
            var other => throw other,
        };
    }
}
