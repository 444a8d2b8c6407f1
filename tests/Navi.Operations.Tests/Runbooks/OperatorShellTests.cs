using Navi.Drills.Runbooks;

namespace Navi.Operations.Tests.Runbooks;

/// <summary>The operator's shell judges by what is printed and by how commands end.</summary>
public sealed class OperatorShellTests
{
    private static readonly OperatorShell Shell = new(Path.GetTempPath(), new Dictionary<string, string> { ["NAVI_HOME"] = "/nowhere" });

    [Theory]
    [InlineData("echo ready\n", 0)]
    [InlineData("false || echo ready\n", 0)]
    [InlineData("seq 1 100000 | head -1 > /dev/null\necho ready\n", 0)]
    [InlineData("echo ready\nfalse\n", 1)]
    [InlineData("echo ready\n(exit 7)\necho and more\n", 7)]
    [InlineData("echo ready\nfalse | cat\n", 1)]
    [InlineData("echo ready\nX=$(exit 3)\n", 3)]
    public async Task Run_ThatPrintsWhatIsExpected_FitsOnlyWhenEveryCommandSucceeds(string commands, int code)
    {
        var shown = await Shell.RunAsync(new CommandBlock("docs/x.md", "Mitigation", 1, commands, "ready\n"), TimeSpan.Zero, TestContext.Current.CancellationToken);
        Assert.Equal((code, "ready\n", code == 0), (shown.ExitCode, shown.Output, shown.Fits));
    }

    [Fact]
    public async Task Run_ThatPrintsSomethingElse_DoesNotFit()
    {
        var shown = await Shell.RunAsync(new CommandBlock("docs/x.md", "Mitigation", 1, "echo other\n", "ready\n"), TimeSpan.Zero, TestContext.Current.CancellationToken);
        Assert.False(shown.Fits);
        Assert.Contains("printed (exit code 0)\nother\n", shown.Difference);
    }
}
