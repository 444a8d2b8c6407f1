using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Tools;

/// <summary>run_build, run_linter and run_formatter on projects whose tools need no download.</summary>
public sealed class RunCheckToolTests
{
    private static SourceFixture Checked(string lint = "@grep -n bad *.txt && exit 1 || true") => new SourceFixture()
        .With("Makefile", $"test:\n\t@true\nlint:\n\t{lint}\nfmt:\n\t@sed -i 's/  */ /g' a.txt\n")
        .With("a.txt", "a   b\n");

    [Fact]
    public async Task RunLinter_WithAndWithoutFindings_IsAResult()
    {
        using var bench = await ToolBench.OfAsync(Checked());
        var clean = await bench.CallAsync("run_linter", new { });
        Assert.False(clean.IsError, clean.Content);
        Assert.Contains("`make lint`: nothing found (exit code 0)", clean.Content, StringComparison.Ordinal);
        await bench.CallAsync("write_file", new { path = "b.txt", content = "bad\n" });
        var found = await bench.CallAsync("run_linter", new { directory = "" });
        Assert.False(found.IsError, found.Content);
        Assert.Contains("`make lint`: has findings (exit code 2)", found.Content, StringComparison.Ordinal);
        Assert.Contains("b.txt:1:bad", found.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonesuch-linter .", "could not run")]
    [InlineData("sleep 30", "stopped after 1 s")]
    public async Task RunLinter_ThatDoesNotRun_ProvesNothing(string lint, string state)
    {
        using var bench = await ToolBench.OfAsync(Checked(lint).With("package.json", "{\"scripts\": {\"lint\": \"" + lint + "\"}}"));
        var result = await bench.CallAsync("run_linter", new { timeout_seconds = lint.StartsWith("sleep", StringComparison.Ordinal) ? 1 : 60 });
        Assert.Contains($"`npm run lint`: {state}", result.Content, StringComparison.Ordinal);
        Assert.Contains($"`make lint`: {state}", result.Content, StringComparison.Ordinal);
        Assert.Equal(state == "could not run", result.IsError);
    }

    [Fact]
    public async Task RunFormatter_Files_BecomeAStep()
    {
        using var bench = await ToolBench.OfAsync(Checked());
        var result = await bench.CallAsync("run_formatter", new { });
        Assert.Contains("`make fmt`: done", result.Content, StringComparison.Ordinal);
        Assert.Equal("a b\n", bench.Read("a.txt"));
        Assert.NotEqual(bench.Hands.Store.Base("t"), bench.Hands.Store.Head("t"));
    }

    [Fact]
    public async Task RunBuild_ProjectThatBuildsAndOneThatDoesNot_ShowsTheCompiler()
    {
        using var bench = await ToolBench.OfAsync(SampleProjects.Node().With("package.json", "{\"scripts\": {\"build\": \"node --check cart.js && echo fine > out.txt\"}}"));
        var built = await bench.CallAsync("run_build", new { });
        Assert.Contains("`npm run build`: built (exit code 0)", built.Content, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(bench.Tree, "out.txt")));
        await bench.CallAsync("write_file", new { path = "cart.js", content = "function (\n" });
        var failed = await bench.CallAsync("run_build", new { });
        Assert.False(failed.IsError, failed.Content);
        Assert.Contains("`npm run build`: failed", failed.Content, StringComparison.Ordinal);
        Assert.Contains("SyntaxError", failed.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run_build", "No project with something to build was found; the repository asks for none.")]
    [InlineData("run_linter", "No linter was found; the repository asks for none.")]
    [InlineData("run_formatter", "No formatter was found; the repository asks for none.")]
    public async Task Run_NothingToRun_SaysSo(string tool, string message)
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("a.txt", "x\n"));
        var result = await bench.CallAsync(tool, new { });
        Assert.True(result.IsError);
        Assert.Equal(message, result.Content);
        Assert.True((await bench.CallAsync(tool, new { directory = "../x" })).IsError);
        Assert.True((await bench.CallAsync(tool, new { timeout_seconds = 0 })).IsError);
    }

    [Fact]
    public async Task Run_OtherDirectory_NamesWhereThereAreSome()
    {
        using var bench = await ToolBench.OfAsync(Checked());
        Assert.Equal("No linter was found in 'elsewhere'; there are: Makefile (target lint).", (await bench.CallAsync("run_linter", new { directory = "elsewhere" })).Content);
    }
}
