using Navi.Cli.GoLive;
using Navi.Testing;

namespace Navi.EndToEnd.Tests.GoLive;

public sealed class GoLiveDocumentTests
{
    [Fact]
    public void Document_Checklist_IsTheCommands()
    {
        var file = Path.Combine(SourceTree.Root, "docs", "GO_LIVE.md");
        if (Environment.GetEnvironmentVariable("NAVI_WRITE_DOCS") == "1")
            File.WriteAllText(file, GoLiveDocument.Text());
        Assert.Equal(GoLiveDocument.Text(), File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Checklist_Items_HaveOneNameEach() =>
        Assert.Distinct(Checklist.Sections.SelectMany(s => s.Items).Select(i => i.Id));
}
