using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Effects;
using Navi.Agent.Tests.Support;
using Navi.Agent.Tools;

namespace Navi.Agent.Tests.Tools;

public sealed class FileErrorTests
{
    private const int NoAccess = 13;
    private const int NoSpace = 28;
    private const int DeviceError = 5;

    [Theory]
    [InlineData("write_file")]
    [InlineData("read_file")]
    public async Task Call_NameLongerThanAFileSystemHolds_IsAnAnswer(string tool)
    {
        using var bench = await ToolBench.OfAsync(new SourceFixture().With("a.txt", "one\n"));
        var name = new string('n', 300);
        var result = await bench.CallAsync(tool, tool == "write_file" ? new { path = name, content = "x" } : new { path = name });
        Assert.True(result.IsError, result.Content);
        Assert.False((await bench.CallAsync("write_file", new { path = "b.txt", content = "x" })).IsError);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_RefusedByTheFileSystem_IsAnAnswerAndKeepsNothing(bool writes)
    {
        foreach (var failure in new Exception[] { new UnauthorizedAccessException("Access to 'x' is denied."), new IOException("Cannot open 'x': Permission denied", NoAccess) })
        {
            using var bench = await BenchAsync(failure, writes);
            var result = await bench.CallAsync("break_off", new { });
            Assert.True(result.IsError);
            Assert.Contains(failure.Message, result.Content, StringComparison.Ordinal);
            Assert.Equal(["a.txt"], Directory.EnumerateFileSystemEntries(bench.Tree).Select(Path.GetFileName));
        }
    }

    [Fact]
    public async Task Call_DirectoryOfTheMachine_IsNotInTheAnswer()
    {
        using var bench = await BenchAsync(null, writes: true);
        var result = await bench.CallAsync("break_off", new { });
        Assert.Contains("'/workspace/missing/a'", result.Content, StringComparison.Ordinal);
        Assert.DoesNotContain(bench.Hands.Root, result.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_FailureOfTheMachine_IsThrown()
    {
        using var device = await BenchAsync(new IOException("Input/output error", DeviceError), writes: true);
        await Assert.ThrowsAsync<IOException>(() => device.CallAsync("break_off", new { }));
        using var full = await BenchAsync(new IOException("No space left on device", NoSpace), writes: true);
        Assert.Equal("disk_full", (await Assert.ThrowsAsync<Navi.Agent.Workspace.WorkspaceException>(() => full.CallAsync("break_off", new { }))).Code);
    }

    private static Task<ToolBench> BenchAsync(Exception? failure, bool writes) => ToolBench.OfAsync(
        new SourceFixture().With("a.txt", "one\n"), new AgentHands(more: s => s.AddSingleton<ITool>(new BreakOffTool(failure, writes))));

    /// <summary>Fails half-way through its work: as told, or by opening a file in a directory that is missing.</summary>
    private sealed class BreakOffTool(Exception? failure, bool writes) : Tool<BreakOffTool.Arguments>
    {
        public override string Name => "break_off";

        public override string Description => "Fails.";

        public override EffectClass Effect => writes ? EffectClass.Workspace : EffectClass.Pure;

        protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
        {
            if (writes)
                File.WriteAllText(Path.Combine(context.Root, "half.txt"), "half");
            if (failure is not null)
                throw failure;
            return Task.FromResult(ToolResult.Ok(File.ReadAllText(Path.Combine(context.Root, "missing/a"))));
        }

        internal sealed record Arguments([Description("Unused.")] string Unused = "");
    }
}
