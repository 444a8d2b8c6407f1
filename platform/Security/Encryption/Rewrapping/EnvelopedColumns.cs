namespace Navi.Platform.Security.Encryption.Rewrapping;

/// <summary>Every column that holds envelopes. What is missing here is not wrapped anew, and is lost with the old wrapping key: a test looks for envelopes in all columns.</summary>
public static class EnvelopedColumns
{
    /// <summary>The columns, in the order in which they are wrapped anew.</summary>
    public static IReadOnlyList<EnvelopedColumn> All { get; } =
    [
        new("navi.signing_keys", "private_key", ["id"]),
        new("navi.encrypted_tokens", "envelope", ["org_id", "name"]),
        new("navi.telemetry_keys", "secret", ["month"]),
    ];
}
