using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Navi.Agent.Code;
using Navi.Agent.Effects;
using Navi.Agent.Projects;

namespace Navi.Agent.Tools.Code;

internal sealed class DependencyGraphTool : Tool<DependencyGraphTool.Arguments>
{
    private const int MostCycles = 20;

    public override string Name => "dependency_graph";

    public override string Description => "Shows which projects (.NET, npm, Cargo), directories or files of the repository need which, what is needed most, and circles. Files are followed by their imports in Python, JavaScript, TypeScript, C, C++, Java, Kotlin, Ruby and Shell.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    public override TimeSpan Timeout => TimeSpan.FromMinutes(5);

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var tree = ProjectTree.Of(context);
        var glob = arguments.Glob is null ? null : new Glob(arguments.Glob);
        var all = arguments.Level switch
        {
            GraphLevel.Projects => ProjectDependencies.Of(tree),
            GraphLevel.Directories => FileDependencies.OfDirectories(FileDependencies.Of(tree, tree.Paths, cancellationToken)),
            _ => FileDependencies.Of(tree, tree.Paths, cancellationToken),
        };
        var edges = all.Where(d => glob is null || glob.Matches(d.From) || glob.Matches(d.To)).ToList();
        var cycles = Cycles.Of(edges);
        var text = new StringBuilder();
        if (edges.Count == 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"No {Word(arguments.Level)} that need each other were found.");
        foreach (var from in edges.Take(arguments.MaxResults).GroupBy(d => d.From, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"{from.Key} -> {string.Join(", ", from.Select(d => d.To))}");
        if (edges.Count > arguments.MaxResults)
            text.AppendLine(CultureInfo.InvariantCulture, $"[{edges.Count - arguments.MaxResults} more]");
        var needed = edges.GroupBy(d => d.To, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(10).ToList();
        if (needed.Count > 0)
            text.AppendLine("Needed most: " + string.Join(", ", needed.Select(g => $"{g.Key} ({g.Count()})")));
        foreach (var cycle in cycles.Take(MostCycles))
            text.AppendLine("Circle: " + BoundedText.Cut(string.Join(", ", cycle), 600));
        return Task.FromResult(ToolResult.Ok(text.ToString(), ToolText.Json(new { total = edges.Count, edges = edges.Take(arguments.MaxResults), cycles = cycles.Take(MostCycles) })));
    }

    private static string Word(GraphLevel level) => level.ToString().ToLowerInvariant();

    internal sealed record Arguments(
        [Description("What the graph is made of.")] GraphLevel Level = GraphLevel.Projects,
        [Description("Only what this pattern matches on either side.")] string? Glob = null,
        [Description("The most connections to list."), Range(1, 5000)] int MaxResults = 300);
}
