namespace Navi.Platform.Security.Encryption.Rewrapping;

/// <summary>A wrapping key and what depends on it.</summary>
/// <param name="Id">Its id: a key file's name, or a Key Vault key's address with its version.</param>
/// <param name="IsCurrent">The process that answers wraps by it.</param>
/// <param name="Problem">Why that process can't use it; null when it can.</param>
/// <param name="Columns">Envelopes that it wraps, by column; empty for none.</param>
public sealed record WrappingKeyStatus(string Id, bool IsCurrent, string? Problem, IReadOnlyList<EnvelopeCount> Columns)
{
    /// <summary>How many envelopes it wraps.</summary>
    public long Envelopes => Columns.Sum(c => c.Envelopes);

    /// <summary>Nothing in the database needs it. A process that still has it as its key would, and a backup of the database from its time does.</summary>
    public bool IsUnused => !IsCurrent && Envelopes == 0;
}
