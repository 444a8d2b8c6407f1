using System.Text;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Tools.Editing;

/// <summary>edit_file and apply_patch on files as they are: encodings, marks, modes, sizes, names.</summary>
public sealed class EditToolTests
{
    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-8", false)]
    [InlineData("iso-8859-1", false)]
    public async Task Edit_AnyEncoding_ChangesOnlyTheLine(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] Content(string line) => [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"größe\r\n{line}\r\nlast")];
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("f.txt", Content("one")));
        Assert.False((await bench.CallAsync("edit_file", new { path = "f.txt", old_text = "one", new_text = "zwölf" })).IsError);
        Assert.Equal(Content("zwölf"), File.ReadAllBytes(Path.Combine(bench.Tree, "f.txt")));
        var patched = await bench.CallAsync("apply_patch", new { patch = "--- a/f.txt\n+++ b/f.txt\n@@ -1,3 +1,3 @@\n größe\n-zwölf\n+one\n last\n" });
        Assert.False(patched.IsError, patched.Content);
        Assert.Equal(Content("one"), File.ReadAllBytes(Path.Combine(bench.Tree, "f.txt")));
    }

    [Theory]
    [InlineData("edit_file")]
    [InlineData("apply_patch")]
    public async Task Edit_BinaryFile_IsRefused(string tool)
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("f.bin", [1, 0, 2]));
        var result = await bench.CallAsync(tool, tool == "edit_file" ? new { path = "f.bin", old_text = "a", new_text = "b" } : new { patch = "--- a/f.bin\n+++ b/f.bin\n@@ -1 +1 @@\n-a\n+b\n" });
        Assert.True(result.IsError);
        Assert.Contains("is binary", result.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_FiftyMegabytes_IsDone()
    {
        var line = new string('x', 99) + "\n";
        var text = string.Concat(Enumerable.Repeat(line, 500_000)) + "needle\n";
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("big.txt", text));
        var edited = await bench.CallAsync("edit_file", new { path = "big.txt", old_text = "needle", new_text = "found" });
        Assert.False(edited.IsError, edited.Content);
        Assert.Contains("line 500001", edited.Content, StringComparison.Ordinal);
        Assert.Equal("[lines 500000-500001 of 500001]\n" + line + "found", (await bench.CallAsync("read_file", new { path = "big.txt", start_line = 500_000, line_count = 2 })).Content);
        var whole = await bench.CallAsync("read_file", new { path = "big.txt" });
        Assert.Contains("Give start_line and line_count", whole.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ApplyPatch_ExecutableThatMovesAndChanges_KeepsItsMode()
    {
        var source = new SourceFixture().With("run.sh", "#!/bin/sh\necho a\n");
        File.SetUnixFileMode(Path.Combine(source.Path, "run.sh"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var bench = await ToolBench.OfAsync(source);
        var result = await bench.CallAsync("apply_patch", new { patch = "*** Begin Patch\n*** Update File: run.sh\n*** Move to: bin/start.sh\n@@\n-echo a\n+echo b\n*** End Patch\n" });
        Assert.False(result.IsError, result.Content);
        Assert.False(File.Exists(Path.Combine(bench.Tree, "run.sh")));
        Assert.Equal("#!/bin/sh\necho b\n", bench.Read("bin/start.sh"));
        Assert.True(File.GetUnixFileMode(Path.Combine(bench.Tree, "bin/start.sh")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task ApplyPatch_CaseOfANameAlone_IsARename()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("readme.md", "a\n"));
        var result = await bench.CallAsync("apply_patch", new { patch = "diff --git a/readme.md b/README.md\nrename from readme.md\nrename to README.md\n" });
        Assert.False(result.IsError, result.Content);
        Assert.Equal(["README.md"], Directory.EnumerateFiles(bench.Tree).Select(Path.GetFileName));
    }

    [Fact]
    public async Task ApplyPatch_SameFileTwice_AppliesBoth()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("f", "a\nb\n"));
        var result = await bench.CallAsync("apply_patch", new { patch = "f\n<<<<<<< SEARCH\na\n=======\nA\n>>>>>>> REPLACE\n\ng\n<<<<<<< SEARCH\n=======\nnew\n>>>>>>> REPLACE\n\nf\n<<<<<<< SEARCH\nb\n=======\nB\n>>>>>>> REPLACE\n" });
        Assert.False(result.IsError, result.Content);
        Assert.Equal(("A\nB\n", "new\n"), (bench.Read("f"), bench.Read("g")));
    }

    [Theory]
    [InlineData("*** Begin Patch\n*** Add File: f\n+x\n*** End Patch\n", "creates 'f', which exists already")]
    [InlineData("*** Begin Patch\n*** Update File: f\n*** Move to: g\n@@\n-a\n+A\n*** End Patch\n", "moves 'f' to 'g', which exists already")]
    [InlineData("*** Begin Patch\n*** Delete File: f\n*** Update File: f\n@@\n-a\n+A\n*** End Patch\n", "gone by an earlier part")]
    [InlineData("*** Begin Patch\n*** Delete File: none\n*** End Patch\n", "does not exist")]
    [InlineData("*** Begin Patch\n*** Add File: x.log\n+x\n*** End Patch\n", "is ignored")]
    [InlineData("*** Begin Patch\n*** Add File: ../x\n+x\n*** End Patch\n", "contains '..'")]
    [InlineData("f\n<<<<<<< SEARCH\nnone\n=======\nx\n>>>>>>> REPLACE\n", "Block 1 of 'f': old_text does not occur in f")]
    [InlineData("--- a/f\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-a\n-b\n", "does not remove all of its lines")]
    public async Task ApplyPatch_PartThatCantBe_ChangesNothing(string patch, string message)
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("f", "a\nb\nc\n").With("g", "g\n").With(".gitignore", "*.log\n"));
        var result = await bench.CallAsync("apply_patch", new { patch });
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
        Assert.Equal(bench.Hands.Store.Base("t"), bench.Hands.Store.Head("t"));
    }

    [Theory]
    [InlineData("*** Begin Patch\n*** Add File: a\n+x\n*** Add File: a/b\n+x\n*** End Patch\n")]
    [InlineData("*** Begin Patch\n*** Add File: Foo\n+x\n*** Add File: foo\n+x\n*** End Patch\n")]
    [InlineData("rename from Docs/x.md\nrename to docs/x.md\n")]
    public async Task ApplyPatch_NamesThatCollide_LeaveNothingBehind(string patch)
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("Docs/x.md", "x\n").With("Docs/y.md", "y\n"));
        var result = await bench.CallAsync("apply_patch", new { patch });
        Assert.True(result.IsError);
        Assert.Equal(bench.Hands.Store.Base("t"), bench.Hands.Store.Head("t"));
    }

    [Fact]
    public async Task ApplyPatch_EmptyAndExecutableFiles_AreMadeSo()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("run", "a\n"));
        var result = await bench.CallAsync("apply_patch", new { patch = "diff --git a/e.py b/e.py\nnew file mode 100644\nindex 0000000..e69de29\ndiff --git a/run b/run\nold mode 100644\nnew mode 100755\n" });
        Assert.False(result.IsError, result.Content);
        Assert.Equal("", bench.Read("e.py"));
        Assert.True(File.GetUnixFileMode(Path.Combine(bench.Tree, "run")).HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public async Task ApplyPatch_PlaceThatDiffers_IsSaid()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("f", "  a\n  b\n"));
        var result = await bench.CallAsync("apply_patch", new { patch = "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n" });
        Assert.False(result.IsError, result.Content);
        Assert.Contains("Hunk 1 of 'f' went to line 1; the file differs in indentation", result.Content, StringComparison.Ordinal);
        Assert.Equal("  a\n  c\n", bench.Read("f"));
    }

    [Fact]
    public async Task ApplyPatch_DeletesABinaryFile_WithoutShowingIt()
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("f.bin", [1, 0, 2]).With("g", "g\n"));
        Assert.False((await bench.CallAsync("apply_patch", new { patch = "*** Begin Patch\n*** Delete File: f.bin\n*** End Patch\n" })).IsError);
        Assert.False(File.Exists(Path.Combine(bench.Tree, "f.bin")));
    }

    [Fact]
    public async Task Edit_FileThatMayNotBeWrittenAtItsSource_IsDone()
    {
        var source = new SourceFixture().With("f", "a\n");
        File.SetUnixFileMode(Path.Combine(source.Path, "f"), UnixFileMode.UserRead);
        using var bench = await ToolBench.OfAsync(source);
        var result = await bench.CallAsync("edit_file", new { path = "f", old_text = "a", new_text = "b" });
        // git keeps no such mode: the workspace's own copy can be written.
        Assert.False(result.IsError, result.Content);
        Assert.Equal("b\n", bench.Read("f"));
    }
}
