namespace Navi.Platform.Security.Encryption.Rewrapping;

/// <summary>How many envelopes of one wrapping key a column holds.</summary>
/// <param name="Table">The table, with its schema.</param>
/// <param name="Column">The column.</param>
/// <param name="KeyId">The wrapping key; null for values that are no envelopes.</param>
/// <param name="Envelopes">How many.</param>
public sealed record EnvelopeCount(string Table, string Column, string? KeyId, long Envelopes);
