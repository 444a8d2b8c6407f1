namespace Navi.Agent.Effects;

/// <summary>A call's result as the ledger keeps it.</summary>
/// <param name="Content">Full text for the model.</param>
/// <param name="IsError">A failure that the model can act on.</param>
/// <param name="Data">The same facts as JSON, for programs.</param>
public sealed record StoredResult(string Content, bool IsError, string? Data);
