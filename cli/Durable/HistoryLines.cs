using System.Globalization;
using Microsoft.DurableTask;
using Navi.Cli.Output;
using Navi.Portable.Durable;

namespace Navi.Cli.Durable;

/// <summary>A history as a timeline for people: one line per entry.</summary>
internal static class HistoryLines
{
    public const string Rewound = "Rewound";

    /// <param name="entry">What happened.</param>
    /// <param name="start">What times are counted from.</param>
    /// <param name="width">Characters of a payload or message that are shown.</param>
    public static (string Text, Tone Tone) Of(DurableHistoryEntry entry, DateTimeOffset start, int width)
    {
        var passed = entry.At - start;
        // The steps of a quick one are milliseconds apart.
        var time = passed < TimeSpan.FromSeconds(10) ? string.Create(CultureInfo.InvariantCulture, $"+{Math.Max(0, passed.TotalSeconds):0.000} s") : $"+{Durations.Say(passed)}";
        var step = entry.Step is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}") : "";
        var (text, tone) = Say(entry, width);
        return ($"{entry.Position,5}  {time,12}  {step,4}  {text}{(entry.TakenBack ? "  (taken back)" : "")}", entry.TakenBack ? Tone.Faint : tone);
    }

    /// <summary>On one line, and not longer than the width.</summary>
    public static string Cut(string text, int width)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= width ? line : line[..(width - 1)] + "…";
    }

    private static (string Text, Tone Tone) Say(DurableHistoryEntry entry, int width) => entry.Kind switch
    {
        "TurnStarted" => ("turn", Tone.Faint),
        "ExecutionStarted" => ("started", Tone.Plain),
        "ActivityScheduled" => ($"activity {entry.Name} called", Tone.Plain),
        "ActivityCompleted" => ($"activity {entry.Name} done{Payload(entry, width)}", Tone.Good),
        "ActivityFailed" => ($"activity {entry.Name} failed: {Failure(entry.Failure, width)}", Tone.Bad),
        "SubOrchestrationScheduled" => ($"sub-orchestration {entry.Name} called", Tone.Plain),
        "SubOrchestrationCompleted" => ($"sub-orchestration {entry.Name} done{Payload(entry, width)}", Tone.Good),
        "SubOrchestrationFailed" => ($"sub-orchestration {entry.Name} failed: {Failure(entry.Failure, width)}", Tone.Bad),
        "TimerCreated" => ("timer set", Tone.Plain),
        "TimerFired" => ("timer fired", Tone.Plain),
        "EventRaised" => ($"event {entry.Name} came{Payload(entry, width)}", Tone.Plain),
        "EventSent" => ($"event {entry.Name} sent", Tone.Plain),
        "ExecutionCompleted" => ($"ended: {entry.Name?.ToLowerInvariant()}", entry.Name == "Completed" ? Tone.Good : Tone.Warning),
        Rewound => ($"rewound{(entry.Payload is { Length: > 0 } reason ? $": {Cut(reason, width)}" : "")}", Tone.Warning),
        // Of a newer runtime.
        _ => ($"{entry.Kind} {entry.Name}{Payload(entry, width)}", Tone.Plain),
    };

    private static string Payload(DurableHistoryEntry entry, int width) => entry.Payload is { Length: > 0 } payload && payload != "null" ? $": {Cut(payload, width)}" : "";

    private static string Failure(TaskFailureDetails? failure, int width) => failure is null ? "" : Cut($"{failure.ErrorType}: {failure.ErrorMessage}", width);
}
