namespace Navi.Platform.Security.Encryption;

/// <summary>How data keys are wrapped; the name is kept with each ciphertext.</summary>
internal static class WrapAlgorithms
{
    /// <summary>AES key wrap with padding (RFC 5649) under a 256-bit key: key files.</summary>
    public const string KeyFile = "A256KWP";

    /// <summary>RSAES-OAEP with SHA-256 (RFC 8017): Key Vault.</summary>
    public const string KeyVault = "RSA-OAEP-256";

    /// <summary>The algorithm for a key, by the form of its id.</summary>
    public static string Of(string keyId) => EncryptionOptions.IsKeyVault(keyId) ? KeyVault : KeyFile;
}
