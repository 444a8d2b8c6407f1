using Navi.Platform.Security.Clients;

namespace Navi.Functions.Identity.Clients;

/// <summary>A service client as the API shows it; the secret only when it was made.</summary>
internal sealed record ClientView(string ClientId, string? ClientSecret, string Name, IReadOnlyList<string> Roles, DateTime CreatedAt, string? CreatedBy)
{
    public static ClientView Of(ServiceClientRow row, string? secret = null) => new(row.ClientId, secret, row.Name, row.Roles, row.CreatedAt, row.CreatedBy);
}
