using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Navi.Agent.Effects;

namespace Navi.Agent.Tools.Files;

/// <summary>
/// Search over the task's files. Where ripgrep is installed it names the files that hold the text, quickly; the lines are always found by
/// the same code, so that the answer does not depend on it.
/// </summary>
internal sealed class SearchTextTool(Ripgrep ripgrep) : Tool<SearchTextTool.Arguments>
{
    private const int MaxLine = 300;

    public override string Name => "search_text";

    public override string Description => "Finds lines that contain a text or match a regular expression, as path:line: text. Ignored and binary files are left out.";

    public override EffectClass Effect => EffectClass.Pure;

    public override ToolPhase? Phase => ToolPhase.Explore;

    protected override async Task<ToolResult> RunAsync(ToolContext context, Arguments arguments, CancellationToken cancellationToken)
    {
        Regex regex;
        try
        {
            var options = RegexOptions.CultureInvariant | (arguments.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
            regex = new Regex(arguments.Regex ? arguments.Query : Regex.Escape(arguments.Query), options, TimeSpan.FromSeconds(2));
        }
        catch (ArgumentException e)
        {
            return ToolResult.Error($"query: got '{BoundedText.Brief(arguments.Query)}'; expected a valid regular expression: {e.Message}");
        }

        if (arguments.Query.Length == 0)
            return ToolResult.Error("query: got an empty text; expected something to search for.");
        // Case folding and regular expressions differ between the engines in corners; only plain text is narrowed down by ripgrep.
        var narrowed = arguments.Regex || arguments.IgnoreCase || arguments.Query.AsSpan().IndexOfAny('\n', '\r') >= 0
            ? null
            : await ripgrep.FilesWithAsync(context.Root, arguments.Query, cancellationToken);
        return Search(context, arguments, regex, narrowed, cancellationToken);
    }

    private static ToolResult Search(ToolContext context, Arguments arguments, Regex regex, IReadOnlySet<string>? narrowed, CancellationToken cancellationToken)
    {
        var matches = new List<SearchMatch>();
        var total = 0;
        foreach (var (path, stat) in context.Files(arguments.Glob))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (narrowed?.Contains(path) == false || context.TryReadText(path, stat.Size) is not { } file)
                continue;
            foreach (var (index, line) in TextFile.Lines(file.Text).Index())
            {
                try
                {
                    if (!regex.IsMatch(line))
                        continue;
                }
                catch (RegexMatchTimeoutException)
                {
                    return ToolResult.Error($"query: the expression takes too long at {path}:{index + 1}; write a simpler one.");
                }

                if (++total <= arguments.MaxResults)
                    matches.Add(new(path, index + 1, line.Length > MaxLine ? line[..MaxLine] + "..." : line));
            }
        }

        var text = new StringBuilder();
        foreach (var match in matches)
            text.AppendLine(CultureInfo.InvariantCulture, $"{match.Path}:{match.Line}: {match.Text}");
        if (total > matches.Count)
            text.AppendLine(CultureInfo.InvariantCulture, $"[{total - matches.Count} more lines; narrow the search]");
        return ToolResult.Ok(total == 0 ? "Nothing was found." : text.ToString(), ToolText.Json(new { total, matches }));
    }

    internal sealed record Arguments(
        [Description("What to find.")] string Query,
        [Description("The query is a regular expression (.NET).")] bool Regex = false,
        [Description("Only files that this pattern matches.")] string? Glob = null,
        [Description("Upper and lower case are the same.")] bool IgnoreCase = false,
        [Description("The most lines to show."), Range(1, 2000)] int MaxResults = 200);
}
