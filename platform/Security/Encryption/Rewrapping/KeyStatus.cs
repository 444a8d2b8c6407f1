using Navi.Platform.Security.SigningKeys;

namespace Navi.Platform.Security.Encryption.Rewrapping;

/// <summary>NAVI's keys at one moment.</summary>
/// <param name="Wrapping">The key of now first, then every other key that wraps something or lies in the key directory.</param>
/// <param name="Unreadable">Columns with values that are no envelopes; empty in a sound database.</param>
/// <param name="Signing">The keys of NAVI's own tokens.</param>
public sealed record KeyStatus(IReadOnlyList<WrappingKeyStatus> Wrapping, IReadOnlyList<EnvelopeCount> Unreadable, IReadOnlyList<SigningKeyStatus> Signing);
