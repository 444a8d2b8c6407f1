namespace Navi.Platform.Security.Identity.SignIn;

/// <summary>A sign-in that is on its way.</summary>
/// <param name="Browser">SHA-256 of what the browser alone knows.</param>
/// <param name="Authority">The issuer.</param>
/// <param name="RedirectUri">Where it sends the browser back to.</param>
/// <param name="Nonce">What its token must repeat.</param>
/// <param name="Verifier">PKCE's code verifier.</param>
/// <param name="UserCode">The device's code to go on with; null for none.</param>
internal sealed record SignInState(byte[] Browser, string Authority, string RedirectUri, string Nonce, string Verifier, string? UserCode);
