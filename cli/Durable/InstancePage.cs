using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Cli.Output;
using Navi.Portable.Durable;

namespace Navi.Cli.Durable;

/// <summary>What <c>navi durable show</c> shows: the instance, then its history as a timeline.</summary>
internal static class InstancePage
{
    public static void Write(Screen screen, OrchestrationMetadata instance, IReadOnlyList<DurableHistoryEntry> history, int width)
    {
        screen.Line($"{instance.InstanceId}  {instance.Name}  {InstanceView.Say(instance.RuntimeStatus)}", ToneOf(instance.RuntimeStatus));
        screen.Line($"created {Moment(instance.CreatedAt)}, last change {Moment(instance.LastUpdatedAt)} (+{Durations.Say(instance.LastUpdatedAt - instance.CreatedAt)})");
        if (instance.Tags.Count > 0)
            Labelled(screen, "tags", string.Join(", ", instance.Tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}")), width);
        Labelled(screen, "status", instance.SerializedCustomStatus, width);
        Labelled(screen, "input", instance.SerializedInput, width);
        Labelled(screen, "output", instance.SerializedOutput, width);
        Failure(screen, instance.FailureDetails);
        screen.Line();
        if (history.Count == 0)
        {
            screen.Line("Nothing has happened yet.");
            return;
        }
        screen.Line($"{"#",5}  {"TIME",12}  STEP  WHAT", Tone.Faint);
        foreach (var entry in history)
        {
            var (text, tone) = HistoryLines.Of(entry, instance.CreatedAt, width);
            screen.Line(text, tone);
        }
    }

    public static string Moment(DateTimeOffset moment) => moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static void Labelled(Screen screen, string label, string? text, int width)
    {
        if (text is not null)
            screen.Line($"{label}: {HistoryLines.Cut(text, width)}");
    }

    // Whole: it is what somebody came to see.
    private static void Failure(Screen screen, TaskFailureDetails? failure)
    {
        for (var label = "failure"; failure is not null; (failure, label) = (failure.InnerFailure, "  because of"))
            screen.Line($"{label}: {failure.ErrorType}: {failure.ErrorMessage}", Tone.Bad);
    }

    private static Tone ToneOf(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Failed => Tone.Bad,
        OrchestrationRuntimeStatus.Completed => Tone.Good,
        OrchestrationRuntimeStatus.Suspended or OrchestrationRuntimeStatus.Terminated => Tone.Warning,
        _ => Tone.Strong,
    };
}
