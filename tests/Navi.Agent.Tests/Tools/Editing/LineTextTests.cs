using Navi.Agent.Tools.Editing;

namespace Navi.Agent.Tests.Tools.Editing;

public sealed class LineTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("a")]
    [InlineData("a\nb\r\nc")]
    [InlineData("\r\n\n\r\n")]
    [InlineData("a\rb\n\r")]
    public void Of_AnyText_GivesItBack(string text) => Assert.Equal(text, LineText.Of(text).ToString());

    [Theory]
    [InlineData("a\nb\nc\n", 1, 1, "x", null, "a\nx\nc\n")]
    [InlineData("a\nb\nc\n", 1, 2, "x", null, "a\nx\n")]
    [InlineData("a\nb\nc", 1, 2, "x", null, "a\nx")]
    [InlineData("a\nb\nc", 1, 2, "", null, "a\n")]
    [InlineData("a\nb\nc\n", 1, 2, "", null, "a\n")]
    [InlineData("a\nb", 2, 0, "c", null, "a\nb\nc")]
    [InlineData("a\nb\n", 2, 0, "c", null, "a\nb\nc\n")]
    [InlineData("", 0, 0, "a", null, "a\n")]
    [InlineData("a\n", 0, 1, "", null, "")]
    [InlineData("a", 0, 1, "b|c", null, "b\nc")]
    [InlineData("a\r\n", 0, 1, "b|c", null, "b\r\nc\r\n")]
    [InlineData("a\r\nb\nc\n", 0, 2, "x|y|z", null, "x\r\ny\nz\nc\n")]
    [InlineData("a\nb\r\nc\r\n", 1, 0, "x", null, "a\nx\nb\r\nc\r\n")]
    [InlineData("a\nb\n", 1, 1, "c", false, "a\nc")]
    [InlineData("a\nb", 1, 1, "c", true, "a\nc\n")]
    [InlineData("a\nb", 0, 1, "c", true, "c\nb")]
    [InlineData("a\r\nb", 1, 1, "c|d", true, "a\r\nc\r\nd\r\n")]
    public void Replace_Lines_TakesTheEndsOfTheirPlace(string text, int start, int count, string added, bool? ends, string expected)
    {
        var lines = LineText.Of(text);
        lines.Replace(start, count, added.Length == 0 ? [] : added.Split('|'), ends);
        Assert.Equal(expected, lines.ToString());
    }
}
