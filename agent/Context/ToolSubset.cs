using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Navi.Agent.Context.Tokens;
using Navi.Agent.Tools;

namespace Navi.Agent.Context;

/// <summary>
/// The tools that one turn shows: a fixed core, then what fits the task's words, its phase and recent use, within a number and a number of tokens. The order is fixed, core first and the rest by name,
/// so that the providers' prompt caches see the same beginning as long as the choice is the same. A call of a tool that was not shown is handled like any other.
/// </summary>
internal sealed partial class ToolSubset(ToolRegistry registry, PromptTokens tokens, IOptions<ContextOptions> options)
{
    // Without these a task can't go on or end; the first ones matter most.
    private static readonly string[] Core =
    [
        "finish_task", "search_tools", "read_file", "ask_person", "edit_file", "run_tests", "run_command", "search_text", "write_file", "update_plan", "list_directory", "find_files", "read_result",
    ];

    private readonly int most = options.Value.MaxTools;
    private readonly int budget = options.Value.ToolTokens;

    /// <param name="task">The task's text.</param>
    /// <param name="phase">Where the task stands.</param>
    /// <param name="found">Names that search_tools has found, oldest first.</param>
    /// <param name="used">Names called lately.</param>
    public IReadOnlyList<ITool> Of(string task, ToolPhase phase, IReadOnlyList<string> found, IReadOnlySet<string> used)
    {
        var words = Words(task);
        var chosen = new List<ITool>();
        var left = budget;
        foreach (var name in Core)
            if (registry.Find(name) is { } tool)
                Take(tool);
        var core = chosen.Count;
        foreach (var tool in registry.All.Except(chosen)
            .Select(t => (Tool: t, Score: Score(t, words, phase, found, used)))
            .OrderByDescending(t => t.Score).ThenBy(t => t.Tool.Name, StringComparer.Ordinal).Select(t => t.Tool).ToList())
            Take(tool);
        return [.. chosen.Take(core), .. chosen.Skip(core).OrderBy(t => t.Name, StringComparer.Ordinal)];

        void Take(ITool tool)
        {
            var cost = tokens.Of(tool);
            if (chosen.Count >= most || cost > left)
                return;
            left -= cost;
            chosen.Add(tool);
        }
    }

    /// <summary>Lower-case words of a text, names taken apart.</summary>
    public static IReadOnlySet<string> Words(string text) => Word().Matches(text.ToLowerInvariant()).Select(m => m.Value).Where(w => w.Length > 2).ToHashSet(StringComparer.Ordinal);

    /// <summary>How many of <paramref name="words"/> a tool's name (counting thrice) and description have.</summary>
    public static int Likeness(ITool tool, IReadOnlySet<string> words) =>
        3 * Words(tool.Name).Count(words.Contains) + Words(tool.Description).Count(words.Contains);

    private static int Score(ITool tool, IReadOnlySet<string> words, ToolPhase phase, IReadOnlyList<string> found, IReadOnlySet<string> used)
    {
        // What the model searched for goes before everything, the newest first.
        var place = -1;
        for (var i = 0; i < found.Count; i++)
            if (found[i] == tool.Name)
                place = i;
        return (place >= 0 ? 1_000_000 + place : 0) + (used.Contains(tool.Name) ? 10_000 : 0) + 100 * Likeness(tool, words) + (tool.Phase == phase ? 10 : 0);
    }

    [GeneratedRegex("[a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
