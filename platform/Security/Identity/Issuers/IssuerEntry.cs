namespace Navi.Platform.Security.Identity.Issuers;

/// <summary>An OpenID Connect issuer whose access tokens are accepted, such as Entra ID.</summary>
public sealed class IssuerEntry
{
    /// <summary>The issuer's address, whose discovery document is read; https, or http on this machine in the Local environment.</summary>
    public string Authority { get; set; } = "";

    /// <summary>What the token's <c>aud</c> must be.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The organisation of all its callers; empty when <see cref="OrganisationClaim"/> names it.</summary>
    public string Organisation { get; set; } = "";

    /// <summary>Claim that holds the caller's organisation; used when <see cref="Organisation"/> is empty.</summary>
    public string OrganisationClaim { get; set; } = "";

    /// <summary>Claim that holds the user. Default <c>sub</c>.</summary>
    public string UserClaim { get; set; } = "sub";

    /// <summary>Claim that holds the roles. Default <c>roles</c>.</summary>
    public string RolesClaim { get; set; } = "roles";

    /// <summary>NAVI's client at this issuer, for people who sign in with a browser (authorization code with PKCE). Empty: nobody signs in there; its access tokens are accepted all the same.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client's secret; empty for a public client.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>What is asked for at the sign-in. Default <c>openid profile</c>; it must contain <c>openid</c>.</summary>
    public string Scope { get; set; } = "openid profile";

    /// <summary>Whether people sign in there.</summary>
    public bool SignsIn => ClientId.Length > 0;
}
