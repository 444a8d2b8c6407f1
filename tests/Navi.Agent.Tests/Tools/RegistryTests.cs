using System.Text.Json;
using Navi.Agent.Tests.Support;
using Navi.Agent.Tools;

namespace Navi.Agent.Tests.Tools;

public sealed class RegistryTests : IDisposable
{
    private readonly AgentHands hands = new();

    private ToolRegistry Registry => hands.Get<ToolRegistry>();

    [Theory]
    [InlineData("read_fle", "{}", "read_file")]
    [InlineData("nonsense_altogether", "{}", "one of apply_patch")]
    [InlineData("read_file", "{}", "path: missing; expected string (File")]
    [InlineData("read_file", "{\"path\": 3}", "path: got 3; expected string")]
    [InlineData("read_file", "{\"path\": null}", "path: got null; expected string")]
    [InlineData("read_file", "{\"path\": \"a\", \"line\": 1}", "line: got 1; expected no such field; the fields are path, start_line, line_count")]
    [InlineData("read_file", "{\"path\": \"a\", \"start_line\": 0}", "start_line: got 0; expected a number from 1")]
    [InlineData("read_file", "{\"path\": \"a\", \"start_line\": 1.5}", "start_line: got 1.5")]
    [InlineData("read_files", "{\"paths\": [\"a\", 7]}", "paths[1]: got 7; expected string")]
    [InlineData("read_file", "[]", "arguments: got []; expected object")]
    [InlineData("finish_task", "{\"status\": \"great\", \"summary\": \"x\"}", "status: got \"great\"; expected one of done, refused, failed")]
    public void Validate_WrongCall_SaysFieldValueAndWhatIsRight(string tool, string arguments, string message) =>
        Assert.Contains(message, string.Join('\n', Registry.Validate(tool, JsonDocument.Parse(arguments).RootElement)), StringComparison.Ordinal);

    [Fact]
    public void Registry_EveryTool_IsDescribedAndClosed()
    {
        Assert.Equal(43, Registry.All.Count);
        Assert.All(Registry.All, tool =>
        {
            Assert.Matches("^[a-z]+(_[a-z]+)*$", tool.Name);
            Assert.NotEmpty(tool.Description);
            Assert.False(tool.ArgumentSchema.GetProperty("additionalProperties").GetBoolean());
            if (tool.ArgumentSchema.TryGetProperty("properties", out var properties))
                Assert.All(properties.EnumerateObject(), p => Assert.True(p.Value.TryGetProperty("description", out _), $"{tool.Name}.{p.Name}"));
            Assert.Equal(tool.Gate || tool.Ends, tool.Tree == TreeUse.None);
        });
    }

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("0123456789abcdef", 4, "01\n[... 12 characters left out ...]\nef")]
    public void Cut_Text_KeepsHeadAndTail(string text, int limit, string expected) => Assert.Equal(expected, BoundedText.Cut(text, limit));

    public void Dispose() => hands.Dispose();
}
