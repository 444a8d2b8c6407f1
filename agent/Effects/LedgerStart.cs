namespace Navi.Agent.Effects;

/// <summary>What the ledger answers to the intent to run a call.</summary>
/// <param name="Kind">What to do now.</param>
/// <param name="Row">The row as it stands.</param>
public sealed record LedgerStart(LedgerAnswer Kind, LedgerRow Row);
