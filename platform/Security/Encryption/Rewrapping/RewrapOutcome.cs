namespace Navi.Platform.Security.Encryption.Rewrapping;

/// <summary>What a run of the re-wrap did, and what is left.</summary>
/// <param name="KeyId">The key of now, by which they are wrapped.</param>
/// <param name="Rewrapped">Envelopes that this run wrapped anew.</param>
/// <param name="Overtaken">Envelopes that somebody else changed meanwhile; nothing was done to them.</param>
/// <param name="Left">Values that the key of now does not wrap after this run.</param>
/// <param name="Problems">Why some could not be wrapped anew; each reason once, at most ten.</param>
public sealed record RewrapOutcome(string KeyId, int Rewrapped, int Overtaken, long Left, IReadOnlyList<string> Problems);
