using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Run;

internal sealed class RunLinterTool : Tool<RunLinterTool.Arguments>
{
    public override string Name => "run_linter";

    public override string Description => "Runs the linters and type checkers that the repository is set up for, in a throw-away copy. What they find is a result, not an error.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolRisk Risk => ToolRisk.Medium;

    public override ToolPhase? Phase => ToolPhase.Verify;

    public override TreeUse Tree => TreeUse.Scratch;

    public override TimeSpan Timeout => TimeSpan.FromMinutes(30);

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var directory = arguments.Directory is null ? null : context.Paths.Relative(arguments.Directory);
        var checks = CheckDetector.Detect(ProjectTree.Of(context)).Where(c => c.Lint is not null).ToList();
        var chosen = checks.Where(c => directory is null || c.Directory == directory).Select(c => (c.Directory, c.Lint!)).ToList();
        return CheckRun.None(directory, chosen.Count, "linter", checks.Select(c => c.Evidence))
            ?? await CheckRun.RunAsync(context, chosen, arguments.TimeoutSeconds, "nothing found", "has findings", cancellationToken);
    }

    internal sealed record Arguments(
        [Description("Only the project in this directory; empty for the one in the root.")] string? Directory = null,
        [Description("Seconds for each linter."), Range(1, 1500)] int TimeoutSeconds = 300);
}
