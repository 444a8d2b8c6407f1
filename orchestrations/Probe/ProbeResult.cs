namespace Navi.Orchestrations.Probe;

/// <summary>How a run of the synthetic probe ended.</summary>
/// <param name="Outcome"><c>ok</c>, <c>failed</c>, or <c>late</c> when the task had not ended in time and was cancelled.</param>
/// <param name="Seconds">From the request to the end.</param>
/// <param name="Task">The probe's task; null when none could be made.</param>
/// <param name="Said">What the task said at its end, or why there was none; null where nothing is known.</param>
public sealed record ProbeResult(string Outcome, double Seconds, Guid? Task, string? Said)
{
    /// <summary>Whether it did what it was meant to do.</summary>
    public bool Ok => Outcome == "ok";
}
