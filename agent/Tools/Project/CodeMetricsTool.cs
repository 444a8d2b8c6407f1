using System.Globalization;
using System.Text;
using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Project;

internal sealed class CodeMetricsTool : Tool<NoArguments>
{
    public override string Name => "code_metrics";

    public override string Description => "Counts files, lines and bytes per language, and names the largest files.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, NoArguments arguments, CancellationToken cancellationToken)
    {
        var facts = SurveyCollector.Collect(ProjectTree.Of(context));
        var text = new StringBuilder();
        foreach (var language in facts.Languages)
            text.AppendLine(CultureInfo.InvariantCulture, $"{language.Name}: {language.Files} files, {language.Lines} lines, {language.Bytes} bytes");
        text.AppendLine("Largest files:");
        foreach (var file in facts.LargeFiles)
            text.AppendLine(CultureInfo.InvariantCulture, $"{file.Path}: {file.Bytes} bytes{(file.Lines is null ? "" : $", {file.Lines} lines")}");
        return Task.FromResult(ToolResult.Ok(text.ToString(), ToolText.Json(new { facts.Files, facts.Lines, facts.Bytes, facts.Languages, facts.LargeFiles })));
    }
}
