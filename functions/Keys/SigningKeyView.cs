using Navi.Platform.Security.SigningKeys;

namespace Navi.Functions.Keys;

/// <summary>A key of NAVI's own tokens as the API shows it.</summary>
internal sealed record SigningKeyView(string Id, string Use, string State, DateTime CreatedAt, DateTime ActiveFrom, DateTime? RetiredAt, DateTime? ExpiresAt)
{
    public static SigningKeyView Of(SigningKeyStatus key) => new(key.Id, key.Use, key.State, key.CreatedAt, key.ActiveFrom, key.RetiredAt, key.ExpiresAt);
}
