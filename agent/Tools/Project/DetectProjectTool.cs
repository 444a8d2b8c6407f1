using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Project;

internal sealed class DetectProjectTool : Tool<NoArguments>
{
    public override string Name => "detect_project";

    public override string Description => "Finds the projects of the repository with the commands that build and test them.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, NoArguments arguments, CancellationToken cancellationToken)
    {
        var projects = ProjectDetector.Detect(ProjectTree.Of(context));
        var lines = projects.Select(p => $"{p.Kind} in {(p.Directory.Length == 0 ? "." : p.Directory)}: build {p.BuildCommand ?? "nothing"}; tests {p.TestCommand ?? "none found"}; evidence {string.Join(", ", p.Evidence)}");
        return Task.FromResult(ToolResult.Ok(projects.Count == 0 ? "No project of a known kind was found." : string.Join('\n', lines), ToolText.Json(projects)));
    }
}
