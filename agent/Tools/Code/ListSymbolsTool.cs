using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Agent.Code;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Code;

internal sealed class ListSymbolsTool : Tool<ListSymbolsTool.Arguments>
{
    public override string Name => "list_symbols";

    public override string Description => "Lists definitions (types, functions, members) in all files or those a pattern matches, by a part of the name and by kind.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var scan = await SymbolScan.OfAsync(context, arguments.Glob, mention: null, cancellationToken);
        var found = scan.Symbols
            .Where(s => arguments.Query is null || s.FullName.Contains(arguments.Query, StringComparison.OrdinalIgnoreCase))
            .Where(s => arguments.Kind is null || s.Kind == arguments.Kind)
            .ToList();
        var shown = found.Take(arguments.MaxResults).ToList();
        var text = found.Count == 0 ? $"No definition fits, in {scan.Files} files." : string.Join('\n', shown.Select(SymbolText.Line));
        if (found.Count > shown.Count)
            text += $"\n[{found.Count - shown.Count} more; narrow the search]";
        return ToolResult.Ok(text + scan.Note, ToolText.Json(new { total = found.Count, symbols = shown }));
    }

    internal sealed record Arguments(
        [Description("Part of the name, upper and lower case the same; names of members begin with their type's.")] string? Query = null,
        [Description("Only this kind.")] SymbolKind? Kind = null,
        [Description("Only files that this pattern matches.")] string? Glob = null,
        [Description("The most to list."), Range(1, 2000)] int MaxResults = 200);
}
