namespace Navi.LoadTests.Driving;

/// <summary>One task, from the moment at which its user meant to hand it over until its last event, or until it was given up.</summary>
/// <param name="Outcome">Its stop reason, or the kind of failure.</param>
/// <param name="Ticks">Its time in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
/// <param name="ThoughtTicks">Of these, what the user thought.</param>
internal readonly record struct TaskSample(string Outcome, long Ticks, long ThoughtTicks);
