using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Run;

internal sealed class RunFormatterTool : Tool<RunFormatterTool.Arguments>
{
    public override string Name => "run_formatter";

    public override string Description => "Runs the formatters that the repository is set up for. The files that they rewrite become a step; git_diff shows it.";

    public override EffectClass Effect => EffectClass.Workspace;

    public override ToolRisk Risk => ToolRisk.Medium;

    public override ToolPhase? Phase => ToolPhase.Verify;

    public override TimeSpan Timeout => TimeSpan.FromMinutes(30);

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var directory = arguments.Directory is null ? null : context.Paths.Relative(arguments.Directory);
        var checks = CheckDetector.Detect(ProjectTree.Of(context)).Where(c => c.Format is not null).ToList();
        var chosen = checks.Where(c => directory is null || c.Directory == directory).Select(c => (c.Directory, c.Format!)).ToList();
        return CheckRun.None(directory, chosen.Count, "formatter", checks.Select(c => c.Evidence))
            ?? await CheckRun.RunAsync(context, chosen, arguments.TimeoutSeconds, "done", "failed", cancellationToken);
    }

    internal sealed record Arguments(
        [Description("Only the project in this directory; empty for the one in the root.")] string? Directory = null,
        [Description("Seconds for each formatter."), Range(1, 1500)] int TimeoutSeconds = 300);
}
