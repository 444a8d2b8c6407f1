using System.Text;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Tools;

public sealed class FileToolTests
{
    private static SourceFixture Source() => new SourceFixture()
        .With("src/a.py", "one\ntwo\nthree\n")
        .With("src/deep/b.txt", "crlf\r\nlines\r\n")
        .With("latin.txt", [0x61, 0xFC, 0x0A, 0x62, 0x0A])
        .With("image.bin", [1, 0, 2])
        .With(".gitignore", "*.log\nout/\n");

    [Fact]
    public async Task ReadFile_WholeRangeAndBeyond_AnswersEach()
    {
        using var bench = await ToolBench.OfAsync(Source());
        Assert.Equal("one\ntwo\nthree\n", (await bench.CallAsync("read_file", new { path = "src/a.py" })).Content);
        Assert.Equal("one\ntwo\nthree\n", (await bench.CallAsync("read_file", new { path = "/workspace/src/./a.py" })).Content);
        Assert.Equal("[lines 2-3 of 3]\ntwo\nthree", (await bench.CallAsync("read_file", new { path = "src/a.py", start_line = 2 })).Content);
        var beyond = await bench.CallAsync("read_file", new { path = "src/a.py", start_line = 9 });
        Assert.True(beyond.IsError);
        Assert.Contains("3 lines", beyond.Content, StringComparison.Ordinal);
        Assert.True((await bench.CallAsync("read_file", new { path = "image.bin" })).IsError);
        Assert.Contains("'src/a.py'", (await bench.CallAsync("read_file", new { path = "src/A.py" })).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("OUTSIDE/secret.txt")]
    [InlineData("src/../../x")]
    [InlineData(".git/config")]
    [InlineData("src/.GIT/x")]
    [InlineData("link.txt")]
    [InlineData("linkdir/secret.txt")]
    [InlineData("dangling")]
    [InlineData("a\0b")]
    public async Task AnyTool_PathOutsideOrThroughALink_IsRefused(string path)
    {
        // A throw-away target: should a guard ever fail, nothing of the machine is harmed.
        var outside = Directory.CreateTempSubdirectory("navi-outside-").FullName;
        var secret = Path.Combine(outside, "secret.txt");
        await File.WriteAllTextAsync(secret, "secret", TestContext.Current.CancellationToken);
        path = path.Replace("OUTSIDE", outside, StringComparison.Ordinal);
        var source = Source();
        File.CreateSymbolicLink(Path.Combine(source.Path, "link.txt"), "src/a.py");
        File.CreateSymbolicLink(Path.Combine(source.Path, "linkdir"), outside);
        File.CreateSymbolicLink(Path.Combine(source.Path, "dangling"), Path.Combine(outside, "made"));
        using var bench = await ToolBench.OfAsync(source);
        foreach (var (tool, arguments) in new (string, object)[]
        {
            ("read_file", new { path }), ("write_file", new { path, content = "x" }), ("edit_file", new { path, old_text = "one", new_text = "x" }), ("delete_file", new { path }),
            ("move_file", new { from = path, to = "moved" }), ("move_file", new { from = "src/a.py", to = path }), ("file_info", new { path }), ("list_directory", new { path }),
            ("run_command", new { command = "true", working_directory = path }), ("apply_patch", new { patch = $"--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n+x\n" }),
        })
        {
            var result = await bench.CallAsync(tool, arguments);
            Assert.True(result.IsError, $"{tool}: {result.Content}");
        }

        Assert.Equal(bench.Hands.Store.Base("t"), bench.Hands.Store.Head("t"));
        Assert.Equal("secret", await File.ReadAllTextAsync(secret, TestContext.Current.CancellationToken));
        Assert.Equal([secret], Directory.EnumerateFileSystemEntries(outside));
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public async Task WriteFile_IgnoredOrCaseTwin_IsRefusedWithTheReason()
    {
        using var bench = await ToolBench.OfAsync(Source());
        Assert.Contains("ignored", (await bench.CallAsync("write_file", new { path = "x.log", content = "x" })).Content, StringComparison.Ordinal);
        Assert.Contains("ignored", (await bench.CallAsync("write_file", new { path = "out/x", content = "x" })).Content, StringComparison.Ordinal);
        Assert.Contains("'src/a.py'", (await bench.CallAsync("write_file", new { path = "src/A.py", content = "x" })).Content, StringComparison.Ordinal);
        Assert.Contains("only by case", (await bench.CallAsync("write_file", new { path = "SRC/new.py", content = "x" })).Content, StringComparison.Ordinal);
        Assert.False((await bench.CallAsync("write_file", new { path = "new/dir/x.txt", content = "grün" })).IsError);
        Assert.Equal("grün", bench.Read("new/dir/x.txt"));
    }

    [Fact]
    public async Task EditFile_AllItsErrors_SayWhatIsWrong()
    {
        using var bench = await ToolBench.OfAsync(Source().With("twice.txt", "x = 1\ny = 2\nx = 1\n"));
        Assert.Contains("does not occur", (await bench.CallAsync("edit_file", new { path = "twice.txt", old_text = "z", new_text = "w" })).Content, StringComparison.Ordinal);
        Assert.Contains("lines 1, 3", (await bench.CallAsync("edit_file", new { path = "twice.txt", old_text = "x = 1", new_text = "x = 2" })).Content, StringComparison.Ordinal);
        Assert.Contains("lines 2 to 3", (await bench.CallAsync("edit_file", new { path = "twice.txt", old_text = "  y = 2\nz", new_text = "w" })).Content, StringComparison.Ordinal);
        Assert.False((await bench.CallAsync("edit_file", new { path = "twice.txt", old_text = "x = 1", new_text = "x = 3", replace_all = true })).IsError);
        Assert.Equal("x = 3\ny = 2\nx = 3\n", bench.Read("twice.txt"));
    }

    [Fact]
    public async Task EditFile_LineEndsAndEncoding_AreKept()
    {
        using var bench = await ToolBench.OfAsync(Source().With("bom.txt", [0xEF, 0xBB, 0xBF, 0x61, 0x0A]));
        Assert.False((await bench.CallAsync("edit_file", new { path = "src/deep/b.txt", old_text = "crlf\nlines", new_text = "kept\nends" })).IsError);
        Assert.Equal("kept\r\nends\r\n", bench.Read("src/deep/b.txt"));
        Assert.False((await bench.CallAsync("edit_file", new { path = "latin.txt", old_text = "b", new_text = "c" })).IsError);
        Assert.Equal([0x61, 0xFC, 0x0A, 0x63, 0x0A], File.ReadAllBytes(Path.Combine(bench.Tree, "latin.txt")));
        Assert.Contains("encoding", (await bench.CallAsync("edit_file", new { path = "latin.txt", old_text = "c", new_text = "✓" })).Content, StringComparison.Ordinal);
        Assert.False((await bench.CallAsync("edit_file", new { path = "bom.txt", old_text = "a", new_text = "b" })).IsError);
        Assert.Equal([0xEF, 0xBB, 0xBF, 0x62, 0x0A], File.ReadAllBytes(Path.Combine(bench.Tree, "bom.txt")));
    }

    [Fact]
    public async Task ApplyPatch_SeveralFilesWithWrongLineNumbers_AppliesAll()
    {
        using var bench = await ToolBench.OfAsync(Source());
        var patch = "--- a/src/a.py\n+++ b/src/a.py\n@@ -40,2 +40,3 @@\n one\n+one and a half\n two\n--- /dev/null\n+++ b/made.txt\n@@ -0,0 +1,2 @@\n+new\n+file\n\\ No newline at end of file\n"
            + "--- a/src/deep/b.txt\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-crlf\n-lines\n";
        var result = await bench.CallAsync("apply_patch", new { patch });
        Assert.False(result.IsError, result.Content);
        Assert.Equal("one\none and a half\ntwo\nthree\n", bench.Read("src/a.py"));
        Assert.Equal("new\nfile", bench.Read("made.txt"));
        Assert.False(File.Exists(Path.Combine(bench.Tree, "src/deep/b.txt")));
    }

    [Theory]
    [InlineData("nothing", "names no file")]
    [InlineData("--- a/src/a.py\n+++ b/src/a.py\n@@ -1,2 +1,2 @@\n one\n-twoo\n+2\n", "Hunk 1")]
    [InlineData("--- a/src/a.py\n+++ b/src/a.py\n@@ -1,5 +1,2 @@\n one\n-two\n+2\n", "header")]
    [InlineData("--- a/none.txt\n+++ b/none.txt\n@@ -1 +1 @@\n-a\n+b\n", "does not exist")]
    public async Task ApplyPatch_ThatDoesNotFit_ChangesNothing(string patch, string message)
    {
        using var bench = await ToolBench.OfAsync(Source());
        var first = "--- /dev/null\n+++ b/made.txt\n@@ -0,0 +1 @@\n+new\n";
        var result = await bench.CallAsync("apply_patch", new { patch = patch == "nothing" ? patch : first + patch });
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(bench.Tree, "made.txt")));
    }

    [Fact]
    public async Task ApplyPatch_OfNavisOwnDiff_GivesTheSameTree()
    {
        using var bench = await ToolBench.OfAsync(Source());
        var changed = bench.Hands.Step("t", "change", root =>
        {
            File.WriteAllText(Path.Combine(root, "src/a.py"), "zero\none\nthree");
            Directory.Move(Path.Combine(root, "src/deep"), Path.Combine(root, "moved"));
            File.WriteAllText(Path.Combine(root, "made.txt"), "x\n");
        });
        var patch = Encoding.UTF8.GetString(bench.Hands.Store.Diff("t", bench.Hands.Store.Base("t"), changed));
        using var other = await ToolBench.OfAsync(Source());
        var result = await other.CallAsync("apply_patch", new { patch });
        Assert.False(result.IsError, result.Content);
        Assert.Equal(bench.Hands.Store.TreeId("t", changed), other.Hands.Store.TreeId("t", other.Hands.Store.Head("t")));
    }

    [Fact]
    public async Task MoveAndDelete_FilesAndDirectories_RefuseConflicts()
    {
        using var bench = await ToolBench.OfAsync(Source());
        Assert.False((await bench.CallAsync("move_file", new { from = "src/a.py", to = "lib/a.py" })).IsError);
        Assert.True((await bench.CallAsync("move_file", new { from = "lib/a.py", to = "latin.txt" })).IsError);
        Assert.True((await bench.CallAsync("move_file", new { from = "src", to = "src/deeper" })).IsError);
        Assert.True((await bench.CallAsync("delete_file", new { path = "src" })).IsError);
        Assert.False((await bench.CallAsync("delete_file", new { path = "src", recursive = true })).IsError);
        Assert.True((await bench.CallAsync("delete_file", new { path = "", recursive = true })).IsError);
        Assert.False((await bench.CallAsync("move_file", new { from = "lib/a.py", to = "lib/A.py" })).IsError);
        Assert.Equal(
            [".gitignore", "image.bin", "latin.txt", "lib/A.py"],
            Directory.EnumerateFiles(bench.Tree, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(bench.Tree, f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task FindAndList_IgnoredAndNested_ShowOnlyTheTasksFiles()
    {
        using var bench = await ToolBench.OfAsync(Source());
        Assert.Equal("src/a.py", (await bench.CallAsync("find_files", new { glob = "*.py" })).Content);
        Assert.Equal("src/a.py\nsrc/deep/b.txt", (await bench.CallAsync("find_files", new { glob = "src/**" })).Content);
        Assert.Equal("latin.txt\nsrc/a.py\nsrc/deep/b.txt", (await bench.CallAsync("find_files", new { glob = "*.{py,txt}" })).Content);
        Assert.Equal("a.py  14\ndeep/\n", (await bench.CallAsync("list_directory", new { path = "src" })).Content);
        Assert.Contains("deep/b.txt  13", (await bench.CallAsync("list_directory", new { path = "src", depth = 2 })).Content, StringComparison.Ordinal);
        Assert.Contains("\"line_ends\":\"crlf\"", (await bench.CallAsync("file_info", new { path = "src/deep/b.txt" })).Content, StringComparison.Ordinal);
        Assert.Contains("=== src/a.py ===", (await bench.CallAsync("read_files", new { paths = new[] { "src/a.py", "none" } })).Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitTools_AfterAStep_ShowIt()
    {
        using var bench = await ToolBench.OfAsync(Source());
        await bench.CallAsync("edit_file", new { path = "src/a.py", old_text = "two", new_text = "2" });
        Assert.Equal("modified src/a.py", (await bench.CallAsync("git_status", new { })).Content);
        Assert.Contains("-two\n+2\n", (await bench.CallAsync("git_diff", new { })).Content, StringComparison.Ordinal);
        Assert.Contains("NAVI: edit_file", (await bench.CallAsync("git_log", new { path = "src" })).Content, StringComparison.Ordinal);
        Assert.Contains("-two\n+2\n", (await bench.CallAsync("git_show", new { })).Content, StringComparison.Ordinal);
        Assert.Equal("one\ntwo\nthree\n", (await bench.CallAsync("git_show", new { revision = "head~1", path = "src/a.py" })).Content);
        Assert.True((await bench.CallAsync("git_show", new { revision = "nonsense" })).IsError);
    }

    [Fact]
    public async Task RunCommand_ChangesOfFiles_BecomeOneStep()
    {
        using var bench = await ToolBench.OfAsync(Source());
        var result = await bench.CallAsync("run_command", new { command = "sed -i s/two/2/ src/a.py && echo made > made.txt && echo x > x.log" });
        Assert.False(result.IsError, result.Content);
        Assert.Equal(["made.txt", "src/a.py"], bench.Hands.Store.ChangedFiles("t", bench.Hands.Store.Base("t"), bench.Hands.Store.Head("t")).Select(c => c.Path));
        Assert.Contains("[stopped after 1 s]", (await bench.CallAsync("run_command", new { command = "sleep 60", timeout_seconds = 1 })).Content, StringComparison.Ordinal);
    }
}
