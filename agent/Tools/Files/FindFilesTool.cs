using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Files;

internal sealed class FindFilesTool : Tool<FindFilesTool.Arguments>
{
    public override string Name => "find_files";

    public override string Description => "Finds files by a pattern such as *.py or src/**/*.{ts,tsx}, in the order of their paths. Ignored files are left out.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var found = context.Files(arguments.Glob).Select(f => f.Path).ToList();
        var shown = found.Take(arguments.MaxResults).ToList();
        var text = found.Count == 0 ? $"No file matches {arguments.Glob}." : string.Join('\n', shown);
        if (found.Count > shown.Count)
            text += $"\n[{found.Count - shown.Count} more]";
        return Task.FromResult(ToolResult.Ok(text, ToolText.Json(new { total = found.Count, files = shown })));
    }

    internal sealed record Arguments(
        [Description("Pattern; without '/' it matches names at any depth.")] string Glob,
        [Description("The most paths to list."), Range(1, 5000)] int MaxResults = 500);
}
