namespace Navi.Drills.Kills.Judging;

/// <summary>What became of the calls of one effect class in one part of the drill.</summary>
/// <param name="Part">Part of the drill.</param>
/// <param name="Effect">The class, or <c>control</c> and <c>steps</c> for effects without the ledger.</param>
/// <param name="Calls">Calls.</param>
/// <param name="Attempts">Attempts at them.</param>
/// <param name="InDoubt">Calls that ended in doubt.</param>
/// <param name="Missing">Calls that are done and have had no effect.</param>
/// <param name="Doubled">Calls that have had their effect more than once.</param>
internal sealed record ClassTally(string Part, string Effect, int Calls, int Attempts, int InDoubt, int Missing, int Doubled);
