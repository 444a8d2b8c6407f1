using OpenIddict.EntityFrameworkCore.Models;

namespace Navi.Platform.Security.Issuer.Stores;

/// <summary>A sign-in: all tokens that follow from it hang on it and end with it.</summary>
internal sealed class IssuerAuthorization : OpenIddictEntityFrameworkCoreAuthorization<Guid, IssuerClient, IssuerToken>, IOwned
{
    public string? OrgId { get; set; }
}
