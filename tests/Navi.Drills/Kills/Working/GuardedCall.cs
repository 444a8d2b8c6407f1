namespace Navi.Drills.Kills.Working;

/// <summary>A call with an effect.</summary>
/// <param name="CallId">Its id in the ledger.</param>
/// <param name="Effect">Its effect class.</param>
internal sealed record GuardedCall(string CallId, string Effect);
