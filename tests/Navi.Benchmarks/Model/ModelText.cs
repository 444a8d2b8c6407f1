using System.Globalization;
using System.Text;
using Navi.Measuring;

namespace Navi.Benchmarks.Model;

/// <summary>The figures as Markdown; the same text is printed and written.</summary>
internal static class ModelText
{
    public static string Of(string model, RunHead head, ModelSummary s, IReadOnlyCollection<RunResult> runs)
    {
        var text = new StringBuilder();
        Line($"### {model}");
        Line($"");
        Line($"{head.Date:yyyy-MM-dd HH:mm} UTC, {s.Seconds:0} s. {s.Begun} of {s.Asked} tasks begun{(s.Stopped is null ? "" : $" ({s.Stopped})")}; **{s.Delivered} delivered what was asked**; {s.FalseCompletions} that NAVI calls completed are not what was asked.");
        Line($"");
        Line($"| kind | tasks | delivered |");
        Line($"|---|---|---|");
        foreach (var (kind, counts) in s.Kinds)
            Line($"| {kind} | {counts[0]} | {counts[1]} |");
        Line($"");
        Line($"| time | samples | p50 s | p95 s | p99 s | max s |");
        Line($"|---|---|---|---|---|---|");
        Row("model call", s.Call);
        Row("first token of a call", s.FirstToken);
        Row("step", s.Step);
        Row("task", s.Task);
        Line($"");
        Line($"* Ends: {Counts(s.StopReasons)}. Approvals by the harness: {runs.Sum(r => r.Approvals)}.");
        Line($"* Model calls: {s.Attempts} attempts ({Counts(s.Models)}), {s.Errors.Values.Sum()} without an answer ({Counts(s.Errors)}), {s.Throttled} throttled; {s.Turns:0.0} turns a task; the model answers in {s.ModelShare:P0} of a task's time.");
        Line($"* Tokens: {s.InputTokens:N0} read ({s.CachedTokens:N0} of them from the cache), {s.OutputTokens:N0} written; {Per(s.InputTokens):N0} and {Per(s.OutputTokens):N0} a task.");
        Line($"* Cost: {s.CostUsd:0.0000} US dollars, {(s.Begun == 0 ? 0 : s.CostUsd / s.Begun):0.0000} a task; {s.Unpriced} attempts without a known price.");
        foreach (var run in runs.Where(r => !r.Delivered).OrderBy(r => r.Number).Take(20))
            Line($"* Not delivered: task {run.Number}, {run.Kind}, {run.StopReason}: {run.Fault}");
        return text.ToString();

        long Per(long tokens) => s.Begun == 0 ? 0 : tokens / s.Begun;

        void Row(string name, Spread spread) => Line($"| {name} | {spread.Count} | {spread.P50:0.00} | {spread.P95:0.00} | {spread.P99:0.00} | {spread.Max:0.00} |");

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Counts(IReadOnlyDictionary<string, int> counts) => counts.Count == 0 ? "none" : string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"));
}
