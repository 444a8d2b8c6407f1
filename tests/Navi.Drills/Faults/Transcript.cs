using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Navi.Drills.Runbooks;
using Navi.Drills.Staging;
using Navi.Testing;

namespace Navi.Drills.Faults;

/// <summary>What a drill has shown, as docs/FAULT_DRILL.md.</summary>
internal sealed partial class Transcript(DateTimeOffset at, TimeSpan took, IReadOnlyList<Shown> health, IReadOnlyList<FaultReport> reports)
{
    private const string Document = "docs/FAULT_DRILL.md";
    private const int MostLines = 14;
    private const int MostColumns = 170;

    /// <summary>One line per fault and one of all.</summary>
    public string Summary
    {
        get
        {
            var text = new StringBuilder("| fault | alerts | fired after | receiver told after | runbook done after | resolved after | commands shown |\n|---|---|---|---|---|---|---|\n");
            foreach (var r in reports)
                text.Append(CultureInfo.InvariantCulture, $"| {r.Fault.Name} | {Alerts(r.Fault)} | {Say(r.Fired)} | {Say(r.Told)} | {Say(r.Mended)} | {Say(r.Resolved)} | {r.Commands.Count(c => c.Fits)} of {r.Commands.Count()} |\n");
            var all = health.Concat(reports.SelectMany(r => r.Commands)).ToList();
            return text.Append(CultureInfo.InvariantCulture, $"\n{reports.Count} faults, {all.Count(c => c.Fits)} of {all.Count} blocks of commands from {all.Select(c => c.Block.Document).Distinct().Count()} documents shown as written, {took.TotalSeconds:0} s in all.").ToString();
        }
    }

    /// <summary>Writes the document.</summary>
    public Task WriteAsync(CancellationToken cancellation) => File.WriteAllTextAsync(Path.Combine(SourceTree.Root, Document), Text(), cancellation);

    private string Text()
    {
        var text = new StringBuilder(
            $"""
            # Drill of faults

            Written by `./navi drill faults --write` on {at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC, on a machine with {Environment.ProcessorCount} processors ({Environment.OSVersion}, .NET {Environment.Version}).

            Every fault is really made in an installation that is at work: NAVI as a process of its own on a private PostgreSQL, two simulated providers (no real model takes part), Prometheus and Alertmanager of
            the system with the files of [prometheus/](../prometheus/). Those files are changed in three ways: every duration is divided by {ShortDurations.Factor} (an hour becomes two minutes; one function,
            tested to change nothing else), addresses are the drill's, and a webhook stands for PagerDuty and Slack. The commands are run as they stand in the runbooks. Times are seconds since the injection;
            in production what waits for a rule's window takes {ShortDurations.Factor} times as long.


            """);
        text.Append(Summary).Append("\n\n").Append(AlertCoverage.Summary).Append("\n");
        foreach (var report in reports)
            Append(text, report);
        return text.ToString();
    }

    private static void Append(StringBuilder text, FaultReport report)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {report.Fault.Name}\n\n{report.Fault.Injection}\n\nRunbook: [{report.Fault.Runbook}](runbooks/{report.Fault.Runbook}.md)\n\n```text\n");
        foreach (var (moment, what) in report.Timeline)
            text.Append(CultureInfo.InvariantCulture, $"{moment.TotalSeconds,7:0.0}  {what}\n");
        text.Append("```\n");
        foreach (var shown in report.Runbook)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{shown.Block.Section}, line {shown.Block.Line} ({shown.Took.TotalSeconds:0.0} s):\n\n```text\n");
            foreach (var line in shown.Block.Commands.TrimEnd().Split('\n'))
                text.Append("$ ").Append(line).Append('\n');
            text.Append(Trimmed(shown.Output)).Append("```\n");
        }
    }

    /// <summary>A text without the places of one machine: the source tree and the stage are written as <c>…</c>.</summary>
    internal static string WithoutPlaces(string text) => StagePlace().Replace(text.Replace(SourceTree.Root, "…", StringComparison.Ordinal), "…");

    private static string Trimmed(string output)
    {
        var lines = WithoutPlaces(output).TrimEnd().Split('\n').Select(l => l.Length <= MostColumns ? l : $"{l[..MostColumns]}…").ToList();
        var shown = lines.Count <= MostLines ? lines : [.. lines[..MostLines], $"… ({lines.Count - MostLines} more lines)"];
        return string.Concat(shown.Select(l => l.TrimEnd() + "\n"));
    }

    private static string Alerts(IFault fault) => string.Join(", ", fault.Alerts.Concat(fault.Lasting.Select(a => $"{a} (outlasts the drill)")));

    [GeneratedRegex(@"/\S*?/navi-drill-[A-Za-z0-9]+")]
    private static partial Regex StagePlace();

    private static string Say(TimeSpan? time) => time is { } t ? string.Create(CultureInfo.InvariantCulture, $"{t.TotalSeconds:0.0} s") : "–";
}
