using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Project;

internal sealed class SurveyRepositoryTool : Tool<NoArguments>
{
    public override string Name => "survey_repository";

    public override string Description => "Gathers facts about the whole repository: languages, projects, entry points, dependencies, tests, largest files, open markers. Returns a Markdown report.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    protected override Task<ToolResult> RunAsync(ToolContext context, NoArguments arguments, CancellationToken cancellationToken)
    {
        var facts = SurveyCollector.Collect(ProjectTree.Of(context));
        return Task.FromResult(ToolResult.Ok(SurveyReport.Render(facts), ToolText.Json(facts)));
    }
}
