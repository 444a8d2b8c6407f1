using System.Text;
using Navi.Agent.Tests.Support;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tests.Workspace;

public sealed class StepTests : IDisposable
{
    private readonly AgentHands hands = new();
    private readonly SourceFixture source = new();

    private WorkspaceStore Store => hands.Store;

    [Fact]
    public async Task CommitAttempt_NothingChanged_IsTheParent()
    {
        source.With("a.txt", "one\n").Commit();
        var head = await hands.PrepareAsync("t", source.Path);
        var tree = Store.OpenAttempt("t", "c1", 1, head);
        Assert.Equal(head, Store.CommitAttempt(tree, "nothing"));
    }

    [Fact]
    public async Task CommitAttempt_EveryKindOfChange_SurvivesByteForByte()
    {
        source.With("crlf.txt", "a\r\nb\r\n").Commit();
        source.With(".gitattributes", "* text=auto\n*.bat text eol=crlf\n").With("run.bat", "x\n")
            .With("dir/only.txt", "1").With("dir2/a", "a").Commit();
        await hands.PrepareAsync("t", source.Path);
        byte[] latin = [0x66, 0xFC, 0x72, 0x0A];

        var commit = hands.Step("t", "c1", root =>
        {
            Assert.Equal("a\r\nb\r\n", File.ReadAllText(Path.Combine(root, "crlf.txt")));
            File.WriteAllBytes(Path.Combine(root, "größe ✓.txt"), latin);
            File.WriteAllText(Path.Combine(root, "new.txt"), "x\r\ny\r\n");
            File.WriteAllText(Path.Combine(root, "tool.sh"), "#!/bin/sh\n");
            File.SetUnixFileMode(Path.Combine(root, "tool.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.CreateSymbolicLink(Path.Combine(root, "link"), "../nowhere");
            File.Delete(Path.Combine(root, "dir/only.txt"));
            Directory.Delete(Path.Combine(root, "dir2"), recursive: true);
            File.WriteAllText(Path.Combine(root, "dir2"), "now a file");
        });

        var read = Store.OpenScratch("t", "look", 1, commit).Directory;
        Assert.Equal(latin, File.ReadAllBytes(Path.Combine(read, "größe ✓.txt")));
        Assert.Equal("x\r\ny\r\n", File.ReadAllText(Path.Combine(read, "new.txt")));
        Assert.Equal("a\r\nb\r\n", File.ReadAllText(Path.Combine(read, "crlf.txt")));
        Assert.True(File.GetUnixFileMode(Path.Combine(read, "tool.sh")).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal("../nowhere", new FileInfo(Path.Combine(read, "link")).LinkTarget);
        Assert.False(Directory.Exists(Path.Combine(read, "dir")));
        Assert.Equal("now a file", File.ReadAllText(Path.Combine(read, "dir2")));
        Assert.Equal(
            ["dir/only.txt deleted", "dir2 added", "dir2/a deleted", "größe ✓.txt added", "link added", "new.txt added", "tool.sh added"],
            Store.ChangedFiles("t", Store.Base("t"), commit).Select(c => $"{c.Path} {c.Status}"));
    }

    [Fact]
    public async Task CommitAttempt_SameSizeEditRightAfterTheCheckout_IsSeen()
    {
        source.With("a.txt", "one\n").Commit();
        await hands.PrepareAsync("t", source.Path);
        var commit = hands.Step("t", "c1", root => File.WriteAllText(Path.Combine(root, "a.txt"), "two\n"));
        var next = hands.Step("t", "c2", root =>
        {
            var time = File.GetLastWriteTimeUtc(Path.Combine(root, "a.txt"));
            File.WriteAllText(Path.Combine(root, "a.txt"), "six\n");
            File.SetLastWriteTimeUtc(Path.Combine(root, "a.txt"), time);
        });
        Assert.NotEqual(commit, next);
        Assert.Contains("+six", Encoding.UTF8.GetString(Store.Diff("t", commit, next)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommitAttempt_IgnoredAndBuildProducts_AreNotCommittedAndAreHandedOver()
    {
        source.With(".gitignore", "*.log\nout/\n").With("out/kept.txt", "tracked though ignored").With("p/x.csproj", "<Project/>").Commit();
        using (var repository = new LibGit2Sharp.Repository(source.Path))
        {
            repository.Index.Add("out/kept.txt");
            repository.Index.Write();
        }

        source.Commit();
        await hands.PrepareAsync("t", source.Path);
        var commit = hands.Step("t", "c1", root =>
        {
            foreach (var file in new[] { "x.log", "out/new.txt", "p/obj/a.dll", "__pycache__/a.pyc", "m/.git/config", "cache/CACHEDIR.TAG" })
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
                File.WriteAllText(Path.Combine(root, file), "x");
            }

            File.WriteAllText(Path.Combine(root, "out/kept.txt"), "edited");
        });

        Assert.Equal(["out/kept.txt"], Store.ChangedFiles("t", Store.Base("t"), commit).Select(c => c.Path));
        var next = Store.OpenAttempt("t", "c2", 1, commit);
        Assert.True(File.Exists(Path.Combine(next.Directory, "p/obj/a.dll")));
    }

    [Fact]
    public async Task OpenAttempt_AfterAnUnfinishedAttempt_HoldsExactlyTheParent()
    {
        source.With("a.txt", "one\n").Commit();
        var head = await hands.PrepareAsync("t", source.Path);
        var first = Store.OpenAttempt("t", "c1", 1, head);
        File.WriteAllText(Path.Combine(first.Directory, "a.txt"), "half");
        File.WriteAllText(Path.Combine(first.Directory, "x.pyc"), "left over");

        var second = Store.OpenAttempt("t", "c1", 2, head);

        Assert.NotEqual(first.Directory, second.Directory);
        Assert.Equal(["a.txt"], Directory.EnumerateFileSystemEntries(second.Directory).Select(Path.GetFileName));
        Assert.Equal("one\n", File.ReadAllText(Path.Combine(second.Directory, "a.txt")));
    }

    [Fact]
    public async Task Advance_LateWriterOfAnOldAttempt_ChangesNothing()
    {
        source.With("a.txt", "one\n").Commit();
        var head = await hands.PrepareAsync("t", source.Path);
        var late = Store.OpenAttempt("t", "c1", 1, head);
        var second = Store.OpenAttempt("t", "c1", 2, head);
        File.WriteAllText(Path.Combine(second.Directory, "a.txt"), "second");
        var accepted = Store.CommitAttempt(second, "second");
        Store.Advance(second, accepted);

        Directory.CreateDirectory(late.Directory);
        File.WriteAllText(Path.Combine(late.Directory, "a.txt"), "late");
        var lost = Store.CommitAttempt(late, "late");

        Assert.Equal("stale_step", Assert.Throws<WorkspaceException>(() => Store.Advance("t", "c1", lost)).Code);
        Assert.Equal(accepted, Store.Head("t"));
        Assert.Equal("second", File.ReadAllText(Path.Combine(Store.ReadTree("t", accepted), "a.txt")));
    }

    [Fact]
    public async Task Advance_RepeatedAfterLaterSteps_KeepsTheHead()
    {
        source.With("a.txt", "one\n").Commit();
        await hands.PrepareAsync("t", source.Path);
        var one = hands.Step("t", "c1", root => File.WriteAllText(Path.Combine(root, "a.txt"), "1"));
        var two = hands.Step("t", "c2", root => File.WriteAllText(Path.Combine(root, "a.txt"), "2"));
        Store.Advance("t", "c1", one);
        Assert.Equal(two, Store.Head("t"));
        Assert.Equal([two, one], Store.Log("t", two, 2).Select(e => e.Commit));
    }

    [Fact]
    public async Task ReadTree_ManyReadersAtOnce_SeeTheSameDirectory()
    {
        var head = source.With("a.txt", "one\n").Commit();
        await hands.PrepareAsync("t", source.Path);
        var trees = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.ReadTree("t", head))));
        Assert.Single(trees.Distinct());
    }

    [Fact]
    public async Task Remove_Twice_LeavesNothing()
    {
        source.With("a.txt", "one\n").Commit();
        await hands.PrepareAsync("t", source.Path);
        Store.Remove("t");
        Store.Remove("t");
        Assert.False(Directory.Exists(Path.Combine(hands.Root, "t")));
    }

    public void Dispose()
    {
        hands.Dispose();
        source.Dispose();
    }
}
