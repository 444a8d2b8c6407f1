namespace Navi.Platform.Security.Issuer.Stores;

/// <summary>Whose rows the current request writes; nobody's until the caller is known.</summary>
internal sealed class IssuerTenant
{
    public string Organisation { get; set; } = IssuerClaims.Nobody;
}
