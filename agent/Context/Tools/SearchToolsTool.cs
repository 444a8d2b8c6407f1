using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Agent.Effects;
using Navi.Agent.Tools;

namespace Navi.Agent.Context.Tools;

/// <summary>The way to the tools that a turn does not show. What it finds is shown from the next turn on: the loop reads it back from the ledger.</summary>
internal sealed class SearchToolsTool(Func<ToolRegistry> registry) : Tool<SearchToolsTool.Arguments>
{
    public const string ToolName = "search_tools";

    public override string Name => ToolName;

    public override string Description => "Searches all tools, also those not shown now. The ones it finds can be called from the next turn on.";

    public override EffectClass Effect => EffectClass.Pure;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var words = ToolSubset.Words(arguments.Query);
        var found = registry().All
            .Select(t => (Tool: t, Likeness: ToolSubset.Likeness(t, words)))
            .Where(t => t.Likeness > 0)
            .OrderByDescending(t => t.Likeness).ThenBy(t => t.Tool.Name, StringComparer.Ordinal)
            .Take(arguments.Limit).Select(t => t.Tool).ToList();
        return Task.FromResult(found.Count == 0
            ? ToolResult.Ok($"No tool's name or description has a word of '{BoundedText.Brief(arguments.Query)}'. There are {registry().All.Count} tools: {string.Join(", ", registry().All.Select(t => t.Name))}", ToolText.Json(Array.Empty<string>()))
            : ToolResult.Ok(string.Join('\n', found.Select(t => $"{t.Name}: {t.Description}")), ToolText.Json(found.Select(t => t.Name))));
    }

    internal sealed record Arguments(
        [Description("What the tool should do, in a few words.")] string Query,
        [Description("Most tools to find."), Range(1, 10)] int Limit = 5);
}
