using System.ComponentModel.DataAnnotations;

namespace Navi.Platform.Security.Encryption;

/// <summary>The keys that protect what NAVI stores encrypted. Configuration section <c>Navi:Encryption</c>.</summary>
public sealed class EncryptionOptions
{
    /// <summary>Configuration section these options are read from.</summary>
    public const string Section = "Navi:Encryption";

    /// <summary>
    /// Id of the key that wraps now: the name of a file in <see cref="KeyDirectory"/>, or, in the AzureFunctions build, the address of a Key Vault RSA key with
    /// its version. Required; in the Local environment without it, NAVI uses the key file <c>local</c> and makes it when there is none.
    /// </summary>
    public string KeyId { get; set; } = "";

    /// <summary>Absolute directory of the key files, each with 256 random bits as 64 hexadecimal digits and readable by its owner alone. Required with a key file outside the Local environment; there <c>keys</c> in <c>Navi:Home</c>.</summary>
    public string KeyDirectory { get; set; } = "";

    /// <summary>How long a data key is kept in memory, for further writes and for reading. Default 5 minutes; none: each write has its own.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Navi:Encryption:DataKeyLifetime must be from 00:00:00 to 01:00:00.")]
    public TimeSpan DataKeyLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Most values that one data key encrypts. Default 10,000.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Navi:Encryption:DataKeyUses must be from 1 to 1000000.")]
    public int DataKeyUses { get; set; } = 10_000;

    /// <summary>Most unwrapped data keys kept in memory for reading. Default 1,000.</summary>
    [Range(1, 100_000, ErrorMessage = "Navi:Encryption:OpenedKeys must be from 1 to 100000.")]
    public int OpenedKeys { get; set; } = 1_000;

    /// <summary>True for a Key Vault key's address, which tells it from the name of a key file.</summary>
    public static bool IsKeyVault(string keyId) => keyId.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
}
