using Navi.Agent.Tools.Editing;

namespace Navi.Agent.Tests.Tools.Editing;

public sealed class BlockPatchTests
{
    [Theory]
    [InlineData("src/a.py\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n", "src/a.py")]
    [InlineData("src/a.py\n```python\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n```\n", "src/a.py")]
    [InlineData("Change this:\n\n`src/a.py`\n\n```\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n```\n", "src/a.py")]
    [InlineData("**src/a.py:**\n<<<<<<< ORIGINAL\nold\n=======\nnew\n>>>>>>> UPDATED\n", "src/a.py")]
    [InlineData("### src/a.py\n<<<<< SEARCH\nold\n=====\nnew\n>>>>> REPLACE", "src/a.py")]
    [InlineData("src/a.py\r\n<<<<<<< SEARCH\r\nold\r\n=======\r\nnew\r\n>>>>>>> REPLACE\r\n", "src/a.py")]
    public void Parse_OneBlock_HasItsFile(string patch, string path)
    {
        var file = Assert.Single(PatchFormats.Parse(patch, _ => true));
        Assert.Equal((path, path), (file.OldPath, file.NewPath));
        Assert.Equal([new EditRequest("old\n", "new\n", WholeLines: true)], file.Blocks);
    }

    [Fact]
    public void Parse_SeveralBlocks_ArePutTogetherByFile()
    {
        var files = PatchFormats.Parse(
            "a\n<<<<<<< SEARCH\n1\n=======\n2\n>>>>>>> REPLACE\n<<<<<<< SEARCH\n3\n=======\n>>>>>>> REPLACE\nb\n<<<<<<< SEARCH\n5\n=======\n6\n>>>>>>> REPLACE\n", _ => true);
        Assert.Equal(["changed a (2 blocks)", "changed b (1 block)"], files.Select(file => file.Summary));
        Assert.Equal(new EditRequest("3\n", "", WholeLines: true), files[0].Blocks[1]);
    }

    [Fact]
    public void Parse_NothingToSearch_MakesTheFile()
    {
        const string patch = "new.txt\n<<<<<<< SEARCH\n=======\none\ntwo\n>>>>>>> REPLACE\n";
        var file = Assert.Single(PatchFormats.Parse(patch, _ => false));
        Assert.Equal("created new.txt", file.Summary);
        Assert.Equal("one\ntwo\n", HunkApplier.Apply(file, "").Text);
        Assert.Contains("exists already", Assert.Throws<FormatException>(() => PatchFormats.Parse(patch, _ => true)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n", "has no path")]
    [InlineData("f\n<<<<<<< SEARCH\nold\n", "has no line '======='")]
    [InlineData("f\n<<<<<<< SEARCH\nold\n>>>>>>> REPLACE\n", "has a line '>>>>>>> REPLACE' before its line '======='")]
    [InlineData("f\n<<<<<<< SEARCH\na\n=======\nA\n<<<<<<< SEARCH\nb\n=======\nB\n>>>>>>> REPLACE\n", "has a line '<<<<<<< SEARCH' before its line '>>>>>>> REPLACE'")]
    [InlineData("f\n<<<<<<< SEARCH\nTitle\n=======\nold\n=======\nTitle\n=======\nnew\n>>>>>>> REPLACE\n", "before its line '>>>>>>> REPLACE'")]
    [InlineData("f\n<<<<<<< SEARCH\nold\n=======\nnew\n", "has no line '>>>>>>> REPLACE'")]
    public void Parse_BrokenBlock_SaysWhatIsMissing(string patch, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => PatchFormats.Parse(patch, _ => true)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_UnderlinesOfOtherLengths_AreText()
    {
        var file = Assert.Single(PatchFormats.Parse("f.rst\n<<<<<<< SEARCH\nTitle\n=====\n=======\nName\n====\n>>>>>>> REPLACE\n", _ => true));
        Assert.Equal([new EditRequest("Title\n=====\n", "Name\n====\n", WholeLines: true)], file.Blocks);
    }

    [Fact]
    public void Parse_SentenceBetweenBlocks_IsNoPath()
    {
        var files = PatchFormats.Parse("f\n<<<<<<< SEARCH\na\n=======\nA\n>>>>>>> REPLACE\nNow the second place:\n<<<<<<< SEARCH\nb\n=======\nB\n>>>>>>> REPLACE\n", path => path == "f");
        Assert.Equal(["changed f (2 blocks)"], files.Select(file => file.Summary));
    }

    [Fact]
    public void Parse_BlockThatHoldsADiff_IsABlock()
    {
        var file = Assert.Single(PatchFormats.Parse("docs/p.md\n<<<<<<< SEARCH\nold\n=======\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n>>>>>>> REPLACE\n", _ => true));
        Assert.Equal("docs/p.md", file.Path);
    }

    [Theory]
    [InlineData("discount = 0\ncount = 0\n", "count = 0\n", "count = 1\n", "discount = 0\ncount = 1\n")]
    [InlineData("    foo()\n", "foo()\n", "foo()\nbar()\n", "    foo()\n    bar()\n")]
    [InlineData("discount = 0\n", "count = 0\n", "count = 1\n", null)]
    public void Edit_WholeLines_IsNoPartOfALine(string text, string old, string added, string? expected) =>
        Assert.Equal(expected, TextEdit.Make(text, "f", new(old, added, WholeLines: true)).Text);
}
