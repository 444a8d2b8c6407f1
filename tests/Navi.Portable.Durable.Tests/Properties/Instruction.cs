namespace Navi.Portable.Durable.Tests.Properties;

/// <summary>One step of a random orchestration.</summary>
/// <param name="Kind">activity, timer, event, all (activities at once), race (two timers), sub (a sub-orchestration), again (continue as new).</param>
/// <param name="Value">The activity's argument, the timer's milliseconds or the event's number.</param>
/// <param name="Steps">The parts of all and sub.</param>
public sealed record Instruction(string Kind, int Value, Instruction[] Steps)
{
    public override string ToString() => Steps.Length == 0 ? $"{Kind}:{Value}" : $"{Kind}({string.Join<Instruction>(", ", Steps)})";
}
