using LibGit2Sharp;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Tools;

public sealed class GitToolTests
{
    private static SourceFixture Source()
    {
        var source = new SourceFixture().With("a.txt", "one\ntwo\n").With(".github/workflows/ci.yml", "on: push\n");
        source.Commit("first");
        using (var repository = new Repository(source.Path))
            repository.CreateBranch("basement");
        return source.With("a.txt", "one\n2\nthree\n").With("run.sh", "echo\n");
    }

    [Fact]
    public async Task Blame_Lines_NameTheCommitThatChangedThem()
    {
        using var bench = await ToolBench.OfAsync(Source());
        await bench.CallAsync("edit_file", new { path = "a.txt", old_text = "three", new_text = "3" });
        var lines = (await bench.CallAsync("git_blame", new { path = "a.txt" })).Content.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Matches("^1 [0-9a-f]{12} 2024-10-04 Someone: one$", lines[0]);
        Assert.Matches("^2 [0-9a-f]{12} 2024-10-04 Someone: 2$", lines[1]);
        Assert.Matches("^3 [0-9a-f]{12} [0-9-]{10} NAVI: 3$", lines[2]);
        Assert.NotEqual(lines[0][2..14], lines[1][2..14]);
        Assert.Matches("^2 .* two\n$", (await bench.CallAsync("git_blame", new { path = "a.txt", start_line = 2, line_count = 1, revision = "basement" })).Content);
    }

    [Theory]
    [InlineData("none.txt", 1, "head", "is not a file of commit")]
    [InlineData("a.txt", 9, "head", "has 3 lines")]
    [InlineData("a.txt", 1, "nowhere", "expected a commit")]
    [InlineData("../a", 1, "head", "'..'")]
    public async Task Blame_BadInput_SaysWhatIsRight(string path, int line, string revision, string message)
    {
        using var bench = await ToolBench.OfAsync(Source());
        var result = await bench.CallAsync("git_blame", new { path, start_line = line, revision });
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListBranches_Repository_SaysHowFarTheyAre()
    {
        using var bench = await ToolBench.OfAsync(Source());
        var lines = (await bench.CallAsync("git_list_branches", new { })).Content.Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains(lines, l => l.StartsWith("basement ", StringComparison.Ordinal) && l.EndsWith("0 ahead, 1 behind: first", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.EndsWith("0 ahead, 0 behind: change", StringComparison.Ordinal));
        Assert.EndsWith("[1 more]", (await bench.CallAsync("git_list_branches", new { max_results = 1 })).Content, StringComparison.Ordinal);
        Assert.True((await bench.CallAsync("git_list_branches", new { max_results = 0 })).IsError);
    }

    [Fact]
    public async Task Compare_Commits_CountsCommitsAndLines()
    {
        using var bench = await ToolBench.OfAsync(Source());
        await bench.CallAsync("write_file", new { path = "new.txt", content = "x\n" });
        var content = (await bench.CallAsync("git_compare", new { from = "basement" })).Content;
        Assert.Contains("head is 2 commits ahead of basement and 0 behind", content, StringComparison.Ordinal);
        Assert.Contains("3 files differ, 4 lines added, 1 removed.", content, StringComparison.Ordinal);
        Assert.Contains("modified a.txt (+2 -1)\nadded new.txt (+1 -0)\nadded run.sh (+1 -0)\n", content, StringComparison.Ordinal);
        Assert.Contains("0 files differ", (await bench.CallAsync("git_compare", new { from = "head" })).Content, StringComparison.Ordinal);
        Assert.Contains("to: got 'nowhere'", (await bench.CallAsync("git_compare", new { to = "nowhere" })).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestoreStep_AllOrSome_PutsFilesBackAsANewStep()
    {
        using var bench = await ToolBench.OfAsync(Source());
        await bench.CallAsync("run_command", new { command = "chmod +x run.sh; ln -s a.txt link; echo changed > a.txt; rm -r .github; mkdir deep; echo d > deep/d" });
        await bench.CallAsync("move_file", new { from = "a.txt", to = "moved/b.txt" });
        var some = await bench.CallAsync("git_restore_step", new { revision = "head~1", paths = new[] { "a.txt" } });
        Assert.Equal("Restored 1 file as in " + some.Content[22..34] + ":\nbrought back a.txt", some.Content);
        Assert.Equal("changed\n", bench.Read("a.txt"));
        Assert.Equal("changed\n", bench.Read("moved/b.txt"));

        string[] everything = ["a.txt", "moved/b.txt", "run.sh", "link", ".github/workflows/ci.yml", "deep/d"];
        var all = await bench.CallAsync("git_restore_step", new { revision = "base", paths = everything });
        Assert.False(all.IsError, all.Content);
        Assert.Equal(bench.Hands.Store.TreeId("t", bench.Hands.Store.Base("t")), bench.Hands.Store.TreeId("t", bench.Hands.Store.Head("t")));
        Assert.False(Directory.Exists(Path.Combine(bench.Tree, "deep")));
        Assert.Contains("Nothing to restore", (await bench.CallAsync("git_restore_step", new { revision = "base", paths = new[] { "a.txt" } })).Content, StringComparison.Ordinal);

        var forward = await bench.CallAsync("git_restore_step", new { revision = "head~2", paths = everything });
        Assert.False(forward.IsError, forward.Content);
        Assert.Equal("a.txt", File.ResolveLinkTarget(Path.Combine(bench.Tree, "link"), returnFinalTarget: false)?.Name);
        Assert.True(File.GetUnixFileMode(Path.Combine(bench.Tree, "run.sh")).HasFlag(UnixFileMode.UserExecute));
    }

    [Theory]
    [InlineData("nowhere", "a.txt", "revision: got 'nowhere'")]
    [InlineData("base", ".github", "'.github' is a directory; name its files, such as .github/workflows/ci.yml.")]
    [InlineData("base", ".", "is a directory; name its files")]
    [InlineData("base", "absent.txt", "is a file neither now nor in")]
    [InlineData("base", "../x", "'..'")]
    public async Task RestoreStep_BadInput_SaysWhatIsRight(string revision, string path, string message)
    {
        using var bench = await ToolBench.OfAsync(Source());
        var result = await bench.CallAsync("git_restore_step", new { revision, paths = new[] { path } });
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
        Assert.Contains("expected 1 to 200 files", (await bench.CallAsync("git_restore_step", new { revision = "base", paths = Array.Empty<string>() })).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestoreStep_FileThatWouldBeIgnored_IsRefusedAsAWhole()
    {
        using var bench = await ToolBench.OfAsync(Source().With(".gitignore", "*.log\n"));
        await bench.CallAsync("write_file", new { path = ".gitignore", content = "\n" });
        await bench.CallAsync("write_file", new { path = "x.log", content = "x" });
        await bench.CallAsync("git_restore_step", new { revision = "base", paths = new[] { ".gitignore", "x.log" } });
        var head = bench.Hands.Store.Head("t");
        var lost = await bench.CallAsync("git_restore_step", new { revision = "head~1", paths = new[] { "x.log" } });
        Assert.Contains("'x.log' is ignored and would not be part of the result", lost.Content, StringComparison.Ordinal);
        Assert.Equal(head, bench.Hands.Store.Head("t"));
        Assert.False((await bench.CallAsync("git_restore_step", new { revision = "head~1", paths = new[] { "x.log", ".gitignore" } })).IsError);
        Assert.Equal("x", bench.Read("x.log"));
    }
}
