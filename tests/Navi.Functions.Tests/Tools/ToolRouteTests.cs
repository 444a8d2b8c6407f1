using System.Net.Http.Json;
using System.Text.Json;
using Navi.Agent.Tools;
using Navi.Platform.Json;
using Navi.Testing;
using Navi.Testing.Service;

namespace Navi.Functions.Tests.Tools;

/// <summary>The tools of a whole NAVI, and docs/TOOLS.md against them. NAVI_WRITE_DOCS=1 writes its list anew.</summary>
public sealed class ToolRouteTests
{
    private const string Rewrite = "Write it anew: NAVI_WRITE_DOCS=1 tests/Navi.Functions.Tests/bin/Debug/net10.0/Navi.Functions.Tests -class '*ToolRouteTests'";
    private const string Begin = "<!-- tools: written from the code -->\n";
    private const string End = "<!-- end of tools -->";

    [Fact]
    public async Task Tools_ListedAndChecked_AreOneNumber()
    {
        await using var slice = await Slice.StartAsync((_, _) => []);
        var listed = NaviJson.Read<List<ToolDescription>>((await slice.Http.GetFromJsonAsync<JsonElement>("/v1/tools")).GetProperty("items").GetRawText());
        using var answer = await slice.Http.PostAsync("/v1/tools/check", null);
        var report = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Empty(report.GetProperty("problems").EnumerateArray().Select(p => p.GetRawText()));
        Assert.Equal((listed.Count, listed.Count, listed.Count), (report.GetProperty("registered").GetInt32(), report.GetProperty("runnable").GetInt32(), report.GetProperty("tested").GetInt32()));
        Assert.Contains(listed, t => t is { Name: "read_result", Family: "plan", Effect: "pure", Risk: "low" });

        var file = Path.Combine(SourceTree.Root, "docs", "TOOLS.md");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        Assert.True(from >= Begin.Length && to >= from, "docs/TOOLS.md has no place for its list.");
        var expected = ToolsDocument.Render(listed);
        if (Environment.GetEnvironmentVariable("NAVI_WRITE_DOCS") is { Length: > 0 })
            await File.WriteAllTextAsync(file, text[..from] + expected + text[to..], TestContext.Current.CancellationToken);
        else
            Assert.True(text[from..to] == expected, $"docs/TOOLS.md is not what the registry says. {Rewrite}");
    }
}
