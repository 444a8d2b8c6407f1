using System.ComponentModel;
using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Project;

internal sealed class ListTodosTool : Tool<ListTodosTool.Arguments>
{
    public override string Name => "list_todos";

    public override string Description => "Lists open markers: TODO, FIXME, HACK and XXX, with file and line.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var markers = context.Files(arguments.Glob)
            .SelectMany(f => context.TryReadText(f.Path, f.Stat.Size) is { } file ? MarkerScanner.Scan(f.Path, file.Text) : [])
            .ToList();
        var text = markers.Count == 0 ? "No open markers were found." : string.Join('\n', markers.Select(m => $"{m.Path}:{m.Line}: {m.Text}"));
        return Task.FromResult(ToolResult.Ok(text, ToolText.Json(markers)));
    }

    internal sealed record Arguments([Description("Only files that this pattern matches.")] string? Glob = null);
}
