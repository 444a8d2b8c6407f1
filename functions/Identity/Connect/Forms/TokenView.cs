namespace Navi.Functions.Identity.Connect.Forms;

/// <summary>Answer of POST /connect/token (RFC 6749, 5.1).</summary>
internal sealed record TokenView(string AccessToken, string TokenType, int ExpiresIn, string? Scope, string? RefreshToken, string? IdToken);
