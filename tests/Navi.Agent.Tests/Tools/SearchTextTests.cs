using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Sandbox;
using Navi.Agent.Tests.Support;
using Navi.Agent.Tools.Files;

namespace Navi.Agent.Tests.Tools;

public sealed class SearchTextTests
{
    private static SourceFixture Source() => new SourceFixture()
        .With("a.py", "total = 1\nsubtotal = 2\nTOTAL\n")
        .With("b/c.txt", "a total here\r\nü total\r\n")
        .With("utf16.txt", [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("wide total\n")])
        .With("latin.txt", [0xFC, 0x20, .. "total\n"u8])
        .With("image.bin", [0, .. "total"u8])
        .With(".hidden/x", "hidden total\n")
        .With("left.log", "ignored total\n")
        .With(".gitignore", "*.log\n");

    [Fact]
    public async Task Search_TextAndRegex_FindsLinesInOrder()
    {
        using var bench = await ToolBench.OfAsync(Source());
        var found = await bench.CallAsync("search_text", new { query = "total" });
        Assert.Equal(
            ".hidden/x:1: hidden total\na.py:1: total = 1\na.py:2: subtotal = 2\nb/c.txt:1: a total here\nb/c.txt:2: ü total\nlatin.txt:1: ü total\nutf16.txt:1: wide total\n", found.Content);
        Assert.Equal("a.py:1: total = 1\n", (await bench.CallAsync("search_text", new { query = @"^total\b", regex = true })).Content);
        Assert.Equal("a.py:1: total = 1\na.py:3: TOTAL\n", (await bench.CallAsync("search_text", new { query = @"^total\b", regex = true, ignore_case = true })).Content);
        Assert.Equal("Nothing was found.", (await bench.CallAsync("search_text", new { query = "absent" })).Content);
        Assert.Contains("2 more lines", (await bench.CallAsync("search_text", new { query = "total", glob = "*.{py,txt}", max_results = 4 })).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", "valid regular expression")]
    [InlineData("(a+)+$", "takes too long")]
    public async Task Search_BadExpression_IsAnErrorToActOn(string query, string message)
    {
        using var bench = await ToolBench.OfAsync(Source().With("long.txt", new string('a', 60) + "!\n"));
        var result = await bench.CallAsync("search_text", new { query, regex = true });
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_WithAndWithoutRipgrep_GivesTheSame()
    {
        if (HostPrograms.Find("rg") is null)
            Assert.Skip("ripgrep is not installed.");
        using var with = await ToolBench.OfAsync(Source());
        using var without = await ToolBench.OfAsync(Source(), new AgentHands(more: s => s.AddSingleton<Ripgrep, NoRipgrep>()));
        foreach (var query in new[] { "total", "= 2", "ü", "TOTAL", "a total", "absent", "-e", "$", "\\", "\t" })
            Assert.Equal((await without.CallAsync("search_text", new { query })).Content, (await with.CallAsync("search_text", new { query })).Content);
    }

    private sealed class NoRipgrep(ProcessStarter starter) : Ripgrep(starter)
    {
        public override Task<IReadOnlySet<string>?> FilesWithAsync(string root, string text, CancellationToken cancellationToken) => Task.FromResult<IReadOnlySet<string>?>(null);
    }
}
