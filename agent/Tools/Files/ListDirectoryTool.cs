using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Navi.Agent.Effects;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools.Files;

internal sealed class ListDirectoryTool : Tool<ListDirectoryTool.Arguments>
{
    private const int MaxEntries = 1000;

    public override string Name => "list_directory";

    public override string Description => "Lists a directory: subdirectories end with '/', files show their size in bytes. Ignored files and .git are left out.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        var start = context.Paths.Relative(arguments.Path);
        var (_, stat) = context.Paths.Resolve(arguments.Path);
        if (stat.Kind != FileKind.Directory)
            return Task.FromResult(ToolResult.Error(stat.Kind == FileKind.Missing ? $"Directory '{arguments.Path}' does not exist." : $"'{arguments.Path}' is a file; use read_file."));

        var prefix = start.Length == 0 ? "" : start + "/";
        var entries = new SortedDictionary<string, long?>(StringComparer.Ordinal);
        foreach (var (path, file) in context.Files().Where(f => f.Path.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var parts = path[prefix.Length..].Split('/');
            for (var depth = 1; depth <= Math.Min(arguments.Depth, parts.Length); depth++)
                entries[string.Join('/', parts[..depth]) + (depth == parts.Length ? "" : "/")] = depth == parts.Length ? file.Size : null;
        }

        var text = new StringBuilder();
        foreach (var (path, size) in entries.Take(MaxEntries))
            text.AppendLine(CultureInfo.InvariantCulture, $"{path}{(size is null ? "" : $"  {size}")}");
        if (entries.Count > MaxEntries)
            text.AppendLine(CultureInfo.InvariantCulture, $"[{entries.Count - MaxEntries} more entries; list a subdirectory]");
        return Task.FromResult(ToolResult.Ok(
            entries.Count == 0 ? "The directory is empty." : text.ToString(),
            ToolText.Json(entries.Take(MaxEntries).Select(e => new { path = prefix + e.Key, size = e.Value }))));
    }

    internal sealed record Arguments(
        [Description("Directory, relative to the workspace; empty for its root.")] string Path = "",
        [Description("How many levels to show."), Range(1, 5)] int Depth = 1);
}
