namespace Navi.Platform.Security.Encryption;

/// <summary>A data key as it may be stored.</summary>
/// <param name="Algorithm">How it is wrapped: see <see cref="WrapAlgorithms"/>.</param>
/// <param name="KeyId">The key that wraps it, its version included.</param>
/// <param name="Bytes">The wrapped bytes.</param>
internal sealed record WrappedKey(string Algorithm, string KeyId, byte[] Bytes);
