namespace Navi.Drills.Kills.Working;

/// <summary>One call, as its activity gets it.</summary>
/// <param name="Task">The task.</param>
/// <param name="Call">The call.</param>
/// <param name="Guarded">Through the effect ledger.</param>
internal sealed record GuardedStep(Guid Task, GuardedCall Call, bool Guarded);
