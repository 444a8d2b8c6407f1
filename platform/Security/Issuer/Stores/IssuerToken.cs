using OpenIddict.EntityFrameworkCore.Models;

namespace Navi.Platform.Security.Issuer.Stores;

/// <summary>Something that was issued: an access or refresh token, a device or user code.</summary>
internal sealed class IssuerToken : OpenIddictEntityFrameworkCoreToken<Guid, IssuerClient, IssuerAuthorization>, IOwned
{
    public string? OrgId { get; set; }
}
