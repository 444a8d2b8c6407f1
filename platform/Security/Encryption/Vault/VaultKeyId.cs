using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Navi.Platform.Security.Encryption.Vault;

/// <summary>The address of one version of a Key Vault key: <c>https://NAME.vault.azure.net/keys/KEY/VERSION</c>.</summary>
/// <param name="Host">The vault.</param>
internal sealed partial record VaultKeyId(string Host)
{
    /// <summary>Takes an address apart; false when it is not one, or names no version.</summary>
    public static bool TryParse(string keyId, [NotNullWhen(true)] out VaultKeyId? id)
    {
        id = Address().Match(keyId) is { Success: true } match ? new VaultKeyId(match.Groups["host"].Value) : null;
        return id is not null;
    }

    [GeneratedRegex(@"^https://(?<host>[a-z0-9-]+(\.[a-z0-9-]+)+)/keys/[0-9A-Za-z-]{1,127}/[0-9a-f]{32}\z")]
    private static partial Regex Address();
}
