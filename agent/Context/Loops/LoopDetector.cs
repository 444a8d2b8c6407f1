using Navi.Agent.Tools;
using Navi.Platform.Telemetry.Errors;

namespace Navi.Agent.Context.Loops;

/// <summary>
/// Finds repetition in a task's calls, turn by turn: the same error of the same tool (however the arguments differ, until the tool succeeds), and whole turns that repeat in cycles of one to four with the
/// same outcomes. It reads nothing but the ledger, so it finds the same however often a turn is repeated. Several equal calls within one turn count once: the model has not been told in between.
/// </summary>
internal sealed class LoopDetector
{
    public const int WarnAt = 2;
    public const int ForceAt = 3;
    public const int StopAt = 5;
    private const int LongestCycle = 4;
    private const int MostFailed = 8;

    private readonly Dictionary<string, Dictionary<string, int>> errors = new(StringComparer.Ordinal);
    private readonly List<string> turns = [];
    private readonly List<string> failed = [];

    /// <summary>Counts anew from here; what has failed stays known.</summary>
    public void Restart()
    {
        errors.Clear();
        turns.Clear();
    }

    /// <summary>Takes in the calls of the next turn and says what repeats after it.</summary>
    public LoopFinding Observe(IReadOnlyList<ObservedCall> calls)
    {
        var worst = (Times: 0, What: "");
        foreach (var group in calls.GroupBy(Family))
        {
            // The tool works again: what it refused before is history.
            if (group.Any(c => c.Error is null))
                errors.Remove(group.Key);
            foreach (var call in group.Where(c => c.Error is not null).DistinctBy(c => ErrorSignature.Of(c.Error!)))
            {
                var counts = errors.TryGetValue(group.Key, out var known) ? known : errors[group.Key] = new(StringComparer.Ordinal);
                var signature = ErrorSignature.Of(call.Error!);
                var times = counts[signature] = counts.GetValueOrDefault(signature) + 1;
                Remember($"{call.Tool} {BoundedText.Brief(call.Arguments)}: {BoundedText.Brief(call.Error!)}");
                if (times > worst.Times)
                    worst = (times, $"{call.Tool} fails with the same error: {BoundedText.Brief(call.Error!)}");
            }
        }
        turns.Add(string.Join('\n', calls.Select(c => $"{c.Tool} {c.Arguments} {(c.Error is null ? c.Outcome : ErrorSignature.Of(c.Error))}")));
        if (calls.Count > 0 && Cycle() is var (length, repeats) && repeats > worst.Times)
            worst = (repeats, length == 1
                ? $"{Names(calls)} with the same arguments and the same result."
                : $"the same {length} turns in turn, with the same results, ending with {Names(calls)}.");
        return new LoopFinding(Level(worst.Times), worst.Times, worst.What, [.. failed]);
    }

    public static LoopLevel Level(int times) => times >= StopAt ? LoopLevel.Stop : times >= ForceAt ? LoopLevel.Force : times >= WarnAt ? LoopLevel.Warn : LoopLevel.None;

    // The shortest cycle that the turns end with, and how often it was run through.
    private (int Length, int Repeats) Cycle()
    {
        var best = (Length: 1, Repeats: 1);
        for (var length = 1; length <= LongestCycle; length++)
        {
            var same = 0;
            while (turns.Count - 1 - same - length >= 0 && turns[^(1 + same)].Length > 0 && turns[^(1 + same)] == turns[^(1 + same + length)])
                same++;
            var repeats = same / length + 1;
            if (repeats > best.Repeats)
                best = (length, repeats);
        }
        return best;
    }

    private void Remember(string approach)
    {
        failed.Remove(approach);
        failed.Add(approach);
        if (failed.Count > MostFailed)
            failed.RemoveAt(0);
    }

    // Commands differ more than tools do: one family for each program.
    private static string Family(ObservedCall call)
    {
        const string Key = "\"command\":\"";
        var at = call.Tool == "run_command" ? call.Arguments.IndexOf(Key, StringComparison.Ordinal) : -1;
        if (at < 0)
            return call.Tool;
        var rest = call.Arguments.AsSpan(at + Key.Length);
        var end = rest.IndexOfAny(' ', '"');
        return $"{call.Tool} {(end < 0 ? rest : rest[..end])}";
    }

    private static string Names(IReadOnlyList<ObservedCall> calls) => string.Join(", ", calls.Select(c => c.Tool).Distinct());
}
