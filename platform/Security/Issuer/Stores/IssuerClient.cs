using OpenIddict.EntityFrameworkCore.Models;

namespace Navi.Platform.Security.Issuer.Stores;

/// <summary>A client: the command line, or an organisation's service client.</summary>
internal sealed class IssuerClient : OpenIddictEntityFrameworkCoreApplication<Guid, IssuerAuthorization, IssuerToken>, IOwned
{
    public string? OrgId { get; set; }

    /// <summary>What a service client may do.</summary>
    public List<string> Roles { get; set; } = [];

    public DateTime CreatedAt { get; set; }

    public string? CreatedBy { get; set; }
}
