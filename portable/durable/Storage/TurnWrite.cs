using Navi.Portable.Durable.Engine;

namespace Navi.Portable.Durable.Storage;

/// <summary>A turn to be written.</summary>
/// <param name="LocalActivities">How many of its activities this worker claims for itself at once.</param>
/// <param name="Keep">Whether the worker keeps the instance; else the claim ends with this turn.</param>
internal sealed record TurnWrite(TurnResult Result, int LocalActivities, bool Keep)
{
    /// <summary>Goes into one statement with others: it touches nothing but its own instance.</summary>
    public bool IsPlain => Result is { Outcome: TurnOutcome.Running or TurnOutcome.Completed or TurnOutcome.Failed, CancelledTimers.Count: 0, Kept.Count: 0 }
        && !(Result.IsTerminal && Result.Instance.Parent is not null)
        && Result.Decisions.All(decision => decision is ActivityDecision or TimerDecision);
}
