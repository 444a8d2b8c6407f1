namespace Navi.Platform.Security.Encryption.Rewrapping;

/// <summary>A stored envelope.</summary>
internal sealed class EnvelopeRow
{
    /// <summary>Values of the primary key's columns.</summary>
    public string[] Key { get; init; } = [];

    public byte[] Envelope { get; init; } = [];
}
