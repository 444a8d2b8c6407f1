namespace Navi.Agent.Context.Loops;

/// <summary>A call as the detector sees it.</summary>
/// <param name="Turn">Its turn.</param>
/// <param name="Tool">Tool's name.</param>
/// <param name="Arguments">Canonical JSON.</param>
/// <param name="Outcome">Digest of the result, or its status when it has none.</param>
/// <param name="Error">Text of the error; null for a success.</param>
internal sealed record ObservedCall(int Turn, string Tool, string Arguments, string Outcome, string? Error);
