using System.Text.Json;
using Microsoft.Extensions.Options;
using Navi.Agent.Context.Compaction;
using Navi.Agent.Context.Loops;
using Navi.Agent.Context.Rows;
using Navi.Agent.Context.Tokens;
using Navi.Agent.Context.Tools;
using Navi.Agent.Models.Routing;
using Navi.Agent.Tools;
using Navi.Platform.Tasks;

namespace Navi.Agent.Context;

/// <summary>Makes the prompt of a turn from the database, and a summary first where the prompt would grow beyond the model's window.</summary>
internal sealed class PromptMaker(
    ContextStore store, Compactor compactor, ToolSubset subset, PromptTokens tokens, ToolRegistry registry, ModelRouter models, ModelRoutes routes, IOptions<ContextOptions> options)
{
    private const int UsedLately = 20;
    private const int FoundLately = 8;

    // The results of one turn get at most about a quarter of the window, at three characters a token.
    private const double TurnShare = 0.75;
    private readonly ContextOptions options = options.Value;

    /// <param name="task">The task.</param>
    /// <param name="turn">The turn to come.</param>
    /// <param name="shorten">The provider said that the last prompt was too long: a summary is made whatever the count says.</param>
    /// <param name="cancellation">Cancels reads and a summary that is being written.</param>
    public async Task<Prompt> MakeAsync(TaskRow task, int turn, bool shorten, CancellationToken cancellation)
    {
        var names = models.Choose(task.Provider, task.Mode).Names;
        var plain = names is [ModelRouter.Rules];
        var window = models.ContextWindowOf(task) ?? options.DefaultWindow;
        var builder = new ConversationBuilder(registry, (int)Math.Min(int.MaxValue, TurnShare * window), plain);
        var rows = await store.ReadAsync(task.Id, turn, all: false, cancellation);
        var findings = plain ? [] : Findings(rows, task.FirstTurn);
        var prompt = Make(task, turn, rows, findings, builder, plain);
        if (plain || prompt.Stop is not null)
            return prompt;
        var scale = TokenScale.Of(Declared(names), rows.Turns.LastOrDefault()?.EstimatedTokens, rows.Turns.LastOrDefault()?.ReportedTokens);
        var most = Math.Max(window / 2.0, Math.Min(options.CompactAt * window, window - (models.MaxOutputTokensOf(task) ?? 0)));
        if (!shorten && prompt.Tokens * scale <= most)
            return prompt;
        var (to, kept) = Boundary(builder, rows, turn, findings, options.KeepShare * window / scale);
        if (to <= rows.Summarised)
            return prompt;
        await compactor.CompactAsync(task, turn, to, prompt.Loop, window, prompt.Tokens, kept, cancellation);
        // Read again: another attempt's summary may have come first, and what is stored is what a repetition will see.
        return Make(task, turn, await store.ReadAsync(task.Id, turn, all: false, cancellation), findings, builder, plain);
    }

    private Prompt Make(TaskRow task, int turn, ContextRows rows, List<LoopFinding> findings, ConversationBuilder builder, bool plain)
    {
        var shown = plain ? registry.All : subset.Of(task.Prompt, Phase(rows, turn), Found(rows), rows.Calls.Where(c => c.Turn >= turn - UsedLately).Select(c => c.Tool).ToHashSet(StringComparer.Ordinal));
        var messages = ConversationBuilder.Beginning(task.Prompt, rows);
        foreach (var (_, said) in builder.Turns(rows, turn, findings))
            messages.AddRange(said);
        messages.AddRange(builder.Words(rows, turn));
        // What repeated before the fork is not what this task does.
        var loop = turn > task.FirstTurn ? findings.LastOrDefault() : null;
        var count = plain ? 0 : tokens.Of(messages) + shown.Sum(tokens.Of);
        return new Prompt(messages, shown, count, loop, plain ? null : Stop(rows, loop));
    }

    private (string, string)? Stop(ContextRows rows, LoopFinding? loop)
    {
        if (loop is { Level: LoopLevel.Stop })
            return ("loop_detected", $"The same happened {loop.Times} times: {loop.What}{(loop.Failed.Count > 0 ? "\nWhat failed:\n" + string.Join('\n', loop.Failed.Select(f => "- " + f)) : "")}");
        var silent = rows.Turns.Reverse().TakeWhile(t => !rows.ByTurn[t.Turn].Any()).ToList();
        if (silent.Count < options.MaxSilentTurns)
            return null;
        var cut = silent.Count(t => t.FinishReason == "length");
        return ("failed", cut > 0
            ? $"The model gave {silent.Count} answers in a row without a tool call, {cut} of them cut at its output limit."
            : $"The model gave {silent.Count} answers in a row without a tool call.");
    }

    // One for each turn of the rows, in their order. What a forked task inherits is shown with its notes and does not count against it.
    private static List<LoopFinding> Findings(ContextRows rows, int first)
    {
        var detector = new LoopDetector();
        var findings = new List<LoopFinding>();
        foreach (var spoken in rows.Turns)
        {
            if (spoken.Turn == first)
                detector.Restart();
            findings.Add(detector.Observe([.. rows.ByTurn[spoken.Turn].Select(Observed)]));
        }
        return findings;
    }

    private static ObservedCall Observed(MadeCall call) =>
        new(call.Turn, call.Tool, call.Arguments, call.ResultDigest ?? call.Status, call.IsError == true ? call.Result.Content : null);

    // The newest turns stay word for word as far as they fit, one at least.
    private (int To, int Kept) Boundary(ConversationBuilder builder, ContextRows rows, int turn, List<LoopFinding> findings, double room)
    {
        var kept = 0;
        var first = int.MaxValue;
        foreach (var (number, messages) in builder.Turns(rows, turn, findings).Reverse())
        {
            var cost = tokens.Of(messages);
            if (first != int.MaxValue && kept + cost > room)
                break;
            kept += cost;
            first = number;
        }
        return (first == int.MaxValue ? -1 : first - 1, kept);
    }

    private static ToolPhase Phase(ContextRows rows, int turn)
    {
        var changed = rows.Calls.LastOrDefault(c => c.HasChanged)?.Turn ?? -1;
        var tested = rows.Calls.LastOrDefault(c => c.Tool == "run_tests")?.Turn ?? -1;
        return changed < 0 ? turn < 3 ? ToolPhase.Explore : ToolPhase.Edit : tested > changed ? ToolPhase.Conclude : ToolPhase.Verify;
    }

    private static List<string> Found(ContextRows rows)
    {
        var found = new List<string>();
        foreach (var call in rows.Calls.Where(c => c.Tool == SearchToolsTool.ToolName && c.IsError == false && c.Body is not null))
        {
            // The likeliest last, where it counts most.
            foreach (var name in Enumerable.Reverse(JsonSerializer.Deserialize<string[]>(call.Result.Data ?? "[]") ?? []))
            {
                found.Remove(name);
                found.Add(name);
            }
        }
        return found.TakeLast(FoundLately).ToList();
    }

    private double Declared(IReadOnlyList<string> names) =>
        names.Select(routes.Find).Any(r => r is { IsEntry: true, Kind: not ("openai" or "azure_openai") }) ? options.SafetyFactor : 1;
}
