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
        Assert.Equal([new EditRequest("old\n", "new\n")], file.Blocks);
    }

    [Fact]
    public void Parse_SeveralBlocks_ArePutTogetherByFile()
    {
        var files = PatchFormats.Parse(
            "a\n<<<<<<< SEARCH\n1\n=======\n2\n>>>>>>> REPLACE\n<<<<<<< SEARCH\n3\n=======\n>>>>>>> REPLACE\nb\n<<<<<<< SEARCH\n5\n=======\n6\n>>>>>>> REPLACE\n", _ => true);
        Assert.Equal(["changed a (2 blocks)", "changed b (1 block)"], files.Select(file => file.Summary));
        Assert.Equal(new EditRequest("3\n", ""), files[0].Blocks[1]);
    }

    [Fact]
    public void Parse_NothingToSearch_MakesTheFile()
    {
        const string patch = "new.txt\n<<<<<<< SEARCH\n=======\none\ntwo\n>>>>>>> REPLACE\n";
        var file = Assert.Single(PatchFormats.Parse(patch, _ => false));
        Assert.Equal("created new.txt", file.Summary);
        Assert.Equal("one\ntwo\n", HunkApplier.Apply(file, ""));
        Assert.Contains("exists already", Assert.Throws<FormatException>(() => PatchFormats.Parse(patch, _ => true)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n", "has no path")]
    [InlineData("f\n<<<<<<< SEARCH\nold\n>>>>>>> REPLACE\n", "has no line '======='")]
    [InlineData("f\n<<<<<<< SEARCH\nold\n=======\nnew\n", "has no line '>>>>>>> REPLACE'")]
    public void Parse_BrokenBlock_SaysWhatIsMissing(string patch, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => PatchFormats.Parse(patch, _ => true)).Message, StringComparison.Ordinal);
}
