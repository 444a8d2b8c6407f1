using System.Security.Claims;
using Navi.Platform.Security.Identity;
using Navi.Platform.Security.People;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Navi.Platform.Security.Issuer;

/// <summary>Makes what OpenIddict turns into tokens.</summary>
internal static class IssuerPrincipal
{
    /// <summary>A caller with the scopes that were asked for.</summary>
    public static ClaimsPrincipal Of(string user, string organisation, IEnumerable<string> roles, string kind, string? name, IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("navi", Claims.Name, IssuerClaims.Roles);
        identity.SetClaim(Claims.Subject, user).SetClaim(IssuerClaims.Organisation, organisation).SetClaim(IssuerClaims.Kind, kind).SetClaim(Claims.Name, name);
        foreach (var role in roles)
            identity.AddClaim(new Claim(IssuerClaims.Roles, role));
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(scopes);
        return Addressed(principal);
    }

    /// <summary>A person who has signed in and confirmed.</summary>
    public static ClaimsPrincipal Of(UserRow person, IEnumerable<string> scopes) => Of(person.Id, person.OrgId, person.Roles, Principal.Person, person.Name, scopes);

    /// <summary>Replaces name and roles by those that hold now and leaves everything else, such as the sign-in it belongs to.</summary>
    public static void Renew(ClaimsPrincipal principal, UserRow person)
    {
        principal.RemoveClaims(IssuerClaims.Roles);
        principal.SetClaim(Claims.Name, person.Name);
        foreach (var role in person.Roles)
            ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(IssuerClaims.Roles, role));
        Addressed(principal);
    }

    // Every claim of ours may be read by whom the access token is for: NAVI itself.
    private static ClaimsPrincipal Addressed(ClaimsPrincipal principal)
    {
        principal.SetResources(IssuerClaims.Navi);
        principal.SetDestinations(_ => [Destinations.AccessToken]);
        return principal;
    }
}
