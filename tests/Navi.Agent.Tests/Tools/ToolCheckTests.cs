using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Context.Tools;
using Navi.Agent.Effects;
using Navi.Agent.Tests.Support;
using Navi.Agent.Tools;
using Navi.Agent.Tools.Checking;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tests.Tools;

public sealed class ToolCheckTests
{
    private static ToolCheck Check(AgentHands hands) => new(hands.Get<ToolRegistry>(), hands.Get<ToolRunner>(), hands.Get<WorkspaceStore>(), TimeProvider.System);

    [Fact]
    public async Task Check_EveryTool_IsRunnableAndTested()
    {
        using var hands = new AgentHands(more: s => s
            .AddSingleton<ITool, UpdatePlanTool>().AddSingleton<ITool>(p => new SearchToolsTool(p.GetRequiredService<ToolRegistry>)));
        var report = await Check(hands).RunAsync(TestContext.Current.CancellationToken);
        Assert.Empty(report.Problems);
        Assert.Equal((hands.Get<ToolRegistry>().All.Count, report.Registered, report.Registered), (report.Registered, report.Runnable, report.Tested));
        Assert.Empty(Directory.EnumerateFileSystemEntries(hands.Root));
    }

    [Fact]
    public async Task Check_WithoutASandbox_SaysWhichToolsDoNotRunAndWhy()
    {
        using var hands = new AgentHands(o => o.Bubblewrap = "no-such-sandbox");
        var report = await Check(hands).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["run_build", "run_command", "run_formatter", "run_linter", "run_tests"], report.Problems.Select(p => p.Tool).Distinct().Order());
        Assert.Equal(report.Registered - 5, report.Runnable);
        Assert.Contains(report.Problems, p => p.Said.Contains("'no-such-sandbox' is not installed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_ToolThatNobodyTests_IsCountedAsSuch()
    {
        using var hands = new AgentHands(more: s => s.AddSingleton<ITool, Untested>());
        var check = Check(hands);
        var report = await check.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal((report.Registered - 1, report.Registered - 1), (report.Runnable, report.Tested));
        Assert.Equal(["no case 'works'", "no case 'refuses'", "no case 'fails'"], report.Problems.Select(p => p.Case));
        Assert.Same(report, await check.RunAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Untested : Tool<NoArguments>
    {
        public override string Name => "untested";

        public override string Description => "Does nothing.";

        public override EffectClass Effect => EffectClass.Pure;

        protected override Task<ToolResult> RunAsync(ToolContext context, NoArguments arguments, CancellationToken cancellationToken) => Task.FromResult(ToolResult.Ok(""));
    }
}
