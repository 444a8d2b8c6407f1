using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Navi.Platform.Security.Identity.Issuers;

/// <summary>Reads a caller from the claims of a token that has been validated. What is missing makes no caller.</summary>
internal static class ClaimReader
{
    private const int LongestName = 200;

    /// <summary>The caller, by the claims that the configuration of its issuer names.</summary>
    public static Principal? Read(ClaimsIdentity identity, JsonWebToken token, IssuerEntry entry)
    {
        var organisation = entry.Organisation.Length > 0 ? entry.Organisation : identity.FindFirst(entry.OrganisationClaim)?.Value ?? "";
        return Read(identity, token, organisation, entry.UserClaim, entry.RolesClaim, Principal.Person);
    }

    public static Principal? Read(ClaimsIdentity identity, JsonWebToken token, string organisation, string userClaim, string rolesClaim, string kind)
    {
        var user = identity.FindFirst(userClaim)?.Value;
        if (string.IsNullOrWhiteSpace(user) || string.IsNullOrWhiteSpace(organisation) || user.Length > LongestName || organisation.Length > LongestName || organisation == Role.Installation)
            return null;
        var roles = Role.Implied(identity.FindAll(rolesClaim).Select(c => c.Value));
        return new Principal(user, organisation, roles, kind, token.Issuer, token.ValidTo, identity.FindFirst("name")?.Value);
    }
}
