namespace Navi.Functions.Identity.Connect.Forms;

/// <summary>An error of the issuer (RFC 6749, 5.2).</summary>
internal sealed record OAuthErrorView(string Error, string? ErrorDescription, string? ErrorUri);
