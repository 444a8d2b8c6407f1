namespace Navi.Platform.Security.Issuer.Stores;

/// <summary>A row of an organisation.</summary>
internal interface IOwned
{
    string? OrgId { get; set; }
}
