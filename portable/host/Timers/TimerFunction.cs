using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Navi.Portable.Host.Functions;
using Navi.Portable.Host.Invocation;

namespace Navi.Portable.Host.Timers;

/// <summary>A function that a schedule starts.</summary>
internal sealed record TimerFunction(FunctionEntry Entry, TimerSchedule Schedule, bool RunOnStartup, bool UseMonitor)
{
    private static readonly HashSet<string> NoData = [];

    /// <summary>Reads the trigger; null, with sentences in <paramref name="problems"/>, when it can't be served.</summary>
    public static TimerFunction? Read(FunctionEntry entry, IConfiguration configuration, List<string> problems)
    {
        var trigger = (TimerTriggerAttribute)entry.Trigger;
        var before = problems.Count;
        if (entry.TriggerParameter.ParameterType != typeof(TimerInfo))
            problems.Add($"Function {entry.Described} takes its timer as {entry.TriggerParameter.ParameterType.Name}; only TimerInfo is served.");
        var text = SettingNames.Resolve(trigger.Schedule, configuration, entry.Described, problems);
        var schedule = text is null ? null : TimerSchedule.Parse(text);
        if (text is not null && schedule is null)
            problems.Add($"Function {entry.Described} has the schedule '{text}', which is not a six-field NCrontab expression (second minute hour day month weekday).");
        return problems.Count > before ? null : new TimerFunction(entry, schedule!, trigger.RunOnStartup, trigger.UseMonitor);
    }

    public ArgumentSource[]? Bind(bool hasDurableClient, List<string> problems) =>
        ParameterBinding.Sources(Entry, NoData, hasDurableClient, _ => null, problems);
}
