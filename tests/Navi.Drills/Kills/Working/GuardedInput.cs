namespace Navi.Drills.Kills.Working;

/// <summary>Calls with effects.</summary>
/// <param name="Task">The task whose calls they are.</param>
/// <param name="Calls">In their order.</param>
/// <param name="Guarded">Through the effect ledger; false is the control.</param>
internal sealed record GuardedInput(Guid Task, IReadOnlyList<GuardedCall> Calls, bool Guarded);
