using Navi.Platform.Security.Identity;

namespace Navi.Platform.Security.Issuer;

/// <summary>What NAVI puts into its tokens beside the registered claims; <c>sub</c> is the user or the client's id.</summary>
internal static class IssuerClaims
{
    /// <summary>Audience of the access tokens and name of the scope.</summary>
    public const string Navi = "navi";

    /// <summary>The caller's organisation.</summary>
    public const string Organisation = "org";

    /// <summary>A role, once for each.</summary>
    public const string Roles = "roles";

    /// <summary><c>person</c> or <c>client</c>.</summary>
    public const string Kind = "kind";

    /// <summary>In a device's code: the user that it expects.</summary>
    public const string Expected = "navi_expected";

    /// <summary>The organisation of rows that belong to nobody yet.</summary>
    public const string Nobody = Role.Installation;
}
