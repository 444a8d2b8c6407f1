using System.Text.Json.Serialization;

namespace Navi.Cli.SignIn;

/// <summary>What a sign-in at one NAVI left.</summary>
/// <param name="AccessToken">Bearer token.</param>
/// <param name="RefreshToken">Good for one new pair; null when NAVI gave none.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
/// <param name="ClientId">The OAuth client it was given to.</param>
internal sealed record StoredLogin(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("expires_at")] DateTimeOffset ExpiresAt,
    [property: JsonPropertyName("client_id")] string ClientId)
{
    // No token in a message by accident.
    public override string ToString() => $"login of {ClientId} until {ExpiresAt:O}";
}
