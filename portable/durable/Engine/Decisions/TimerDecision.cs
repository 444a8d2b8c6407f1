namespace Navi.Portable.Durable.Engine;

internal sealed class TimerDecision(int taskId, DateTime fireAt) : Decision(taskId, EventKind.TimerCreated, null)
{
    public DateTime FireAt { get; } = fireAt;

    /// <summary>Cancelled in the turn that created it: the step stays in history, no timer is stored.</summary>
    public bool Cancelled { get; set; }

    public override bool AsksTheSameAs(Decision other) => base.AsksTheSameAs(other) && other is TimerDecision timer && FireAt == timer.FireAt;
}
