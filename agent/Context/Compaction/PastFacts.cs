using System.Globalization;
using System.Text;
using System.Text.Json;
using Navi.Agent.Context.Loops;
using Navi.Agent.Context.Rows;
using Navi.Agent.Context.Tools;
using Navi.Agent.Tools;

namespace Navi.Agent.Context.Compaction;

/// <summary>What a summary must not lose, taken from the rows and never left to a model: plan, people's decisions, files, verification, what failed.</summary>
internal static class PastFacts
{
    private const int MostFiles = 40;
    private const int PlanLimit = 2_000;
    private const int DecisionLimit = 400;
    private const int TestLimit = 600;
    private const int WordLimit = 1_000;

    /// <summary>The facts of all turns up to <paramref name="to"/>.</summary>
    public static string Of(ContextRows rows, int to, LoopFinding? finding)
    {
        var calls = rows.Calls.Where(c => c.Turn <= to).ToList();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"[NAVI] Turns 0 to {to} of this task are summarised here; their full texts stay readable with read_result and the call ids (turn-index) below.\n");
        // The last words of these turns stand before the summary.
        Section(text, "What earlier turns were done for", rows.Words.Where(w => w.Turn <= to).SkipLast(1).Select(w => $"from turn {w.Turn}: {BoundedText.Cut(w.Text, WordLimit)}"));
        Section(text, "Plan", calls.LastOrDefault(c => c.Tool == UpdatePlanTool.ToolName && c.IsError == false) is { } plan ? [BoundedText.Cut(Plan(plan.Arguments), PlanLimit)] : []);
        Section(text, "Decisions by people", rows.Decisions.Where(d => d.Turn <= to).Select(Decision));
        Section(text, "Changed files", Paths(calls.Where(c => c.HasChanged)));
        Section(text, "Files read", Paths(calls.Where(c => c.Tool == "read_file" && c.IsError == false)));
        var test = calls.LastOrDefault(c => c.Tool == "run_tests" && c.Body is not null);
        Section(text, "Verification", test is null ? ["The tests have not been run."] :
        [
            $"{test.CallId} run_tests: {BoundedText.Cut(test.Result.Content, TestLimit)}",
            .. calls.Any(c => c.HasChanged && c.Turn >= test.Turn) ? ["The workspace has changed since."] : Array.Empty<string>(),
        ]);
        Section(text, "Approaches that failed", finding?.Failed ?? []);
        return text.ToString();
    }

    private static string Decision(HumanDecision d)
    {
        var words = d.Answer ?? d.Reason;
        return $"{d.CallId} {BoundedText.Cut(d.Title, DecisionLimit)}: {d.Status}{(d.DecidedBy is null ? "" : $" by {d.DecidedBy}")}{(words is null ? "" : $": {BoundedText.Cut(words, DecisionLimit)}")}";
    }

    private static string Plan(string arguments)
    {
        try
        {
            var steps = JsonSerializer.Deserialize<UpdatePlanTool.Arguments>(arguments, ArgumentSchemas.Json)!.Steps;
            return string.Join('\n', steps.Select(s => $"[{(s.Done ? 'x' : ' ')}] {s.Text}"));
        }
        catch (JsonException)
        {
            // A plan of another version's form is still the plan.
            return arguments;
        }
    }

    // The last call of each path, newest paths last.
    private static IEnumerable<string> Paths(IEnumerable<MadeCall> calls)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var call in calls)
        {
            var path = call.Argument("path") ?? call.Tool;
            last.Remove(path);
            last[path] = call.CallId;
        }
        return last.Skip(Math.Max(0, last.Count - MostFiles)).Select(p => $"{BoundedText.Brief(p.Key)} ({p.Value})");
    }

    private static void Section(StringBuilder text, string name, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
            text.Append('\n').Append(name).Append(":\n").AppendJoin('\n', all.Select(l => "- " + l)).Append('\n');
    }
}
