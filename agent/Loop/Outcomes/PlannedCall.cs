namespace Navi.Agent.Loop.Outcomes;

/// <summary>One tool call that the model asked for.</summary>
/// <param name="CallId">Our id: turn and index.</param>
/// <param name="ReadsOnly">It changes nothing, so it may run beside its neighbours.</param>
/// <param name="Gate">Kind of the gate before it; null when policy lets it run or refuses it outright.</param>
public sealed record PlannedCall(string CallId, bool ReadsOnly, string? Gate);
