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
}
