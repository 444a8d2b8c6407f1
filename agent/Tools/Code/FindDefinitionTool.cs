using System.ComponentModel;
using Navi.Agent.Code;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Code;

internal sealed class FindDefinitionTool : Tool<FindDefinitionTool.Arguments>
{
    private const int Most = 100;

    public override string Name => "find_definition";

    public override string Description => "Finds where a type, function or member is defined, by its exact name (Cart) or with its type (Cart.Total).";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var name = arguments.Name.Trim().Replace("::", ".", StringComparison.Ordinal);
        if (name.Length == 0)
            return ToolResult.Error("name: got an empty text; expected the name of a definition.");
        var simple = name[(name.LastIndexOf('.') + 1)..];
        // A definition's file has its name in it; only operators are put together from two words.
        var scan = await SymbolScan.OfAsync(context, arguments.Glob, simple.Split(' ')[^1].TrimEnd('[', ']'), cancellationToken);
        var found = scan.Symbols.Where(s => s.IsNamed(name)).ToList();
        if (found.Count == 0)
            return ToolResult.Ok(Nothing(scan, name, simple, arguments.Glob) + scan.Note, ToolText.Json(new { total = 0, symbols = found }));
        var text = string.Join('\n', found.Take(Most).Select(SymbolText.Line)) + (found.Count > Most ? $"\n[{found.Count - Most} more]" : "");
        return ToolResult.Ok(text + scan.Note, ToolText.Json(new { total = found.Count, symbols = found.Take(Most) }));
    }

    private static string Nothing(SymbolScan scan, string name, string simple, string? glob)
    {
        var near = scan.Symbols.Where(s => s.Name.Equals(simple, StringComparison.OrdinalIgnoreCase)).Select(s => s.FullName).Distinct(StringComparer.Ordinal).Take(5).ToList();
        return $"Nothing named '{BoundedText.Brief(name)}' is defined in {(glob is null ? "the repository" : "the files that match")}."
            + (near.Count > 0 ? $" There is {string.Join(", ", near)}." : " list_symbols finds names by a part of them.");
    }

    internal sealed record Arguments(
        [Description("Exact name, with or without what it lies in.")] string Name,
        [Description("Only files that this pattern matches.")] string? Glob = null);
}
