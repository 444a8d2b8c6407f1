using OpenIddict.EntityFrameworkCore.Models;

namespace Navi.Platform.Security.Issuer.Stores;

/// <summary>A scope; those of NAVI are fixed, so the table stays empty.</summary>
internal sealed class IssuerScope : OpenIddictEntityFrameworkCoreScope<Guid>;
