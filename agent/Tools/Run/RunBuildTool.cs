using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Run;

internal sealed class RunBuildTool : Tool<RunBuildTool.Arguments>
{
    public override string Name => "run_build";

    public override string Description => "Builds the projects of the repository in a throw-away copy and shows what the compiler says. A failing build is a result, not an error.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolRisk Risk => ToolRisk.Medium;

    public override ToolPhase? Phase => ToolPhase.Verify;

    public override TreeUse Tree => TreeUse.Scratch;

    public override TimeSpan Timeout => TimeSpan.FromHours(1);

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var directory = arguments.Directory is null ? null : context.Paths.Relative(arguments.Directory);
        var projects = ProjectDetector.Detect(ProjectTree.Of(context)).Where(p => p.BuildCommand is not null).ToList();
        var chosen = projects.Where(p => directory is null || p.Directory == directory).Select(p => (p.Directory, p.BuildCommand!)).ToList();
        return CheckRun.None(directory, chosen.Count, "project with something to build", projects.Select(p => $"{p.Kind} in {(p.Directory.Length == 0 ? "." : p.Directory)}"))
            ?? await CheckRun.RunAsync(context, chosen, arguments.TimeoutSeconds, "built", "failed", cancellationToken);
    }

    internal sealed record Arguments(
        [Description("Only the project in this directory; empty for the one in the root.")] string? Directory = null,
        [Description("Seconds for each project's build."), Range(1, 3000)] int TimeoutSeconds = 900);
}
