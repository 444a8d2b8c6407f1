using Dapper;
using Navi.Platform.Data;
using Navi.Platform.Security.Identity;
using Navi.Platform.Security.Issuer;
using Navi.Platform.Security.Issuer.Stores;
using Navi.Platform.Security.People;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Navi.Platform.Security.Clients;

/// <summary>Service clients of organisations (client credentials, RFC 6749, 4.4).</summary>
public sealed class ServiceClients
{
    private const string Prefix = "svc-";
    private readonly IOpenIddictApplicationManager manager;
    private readonly IssuerTenant tenant;
    private readonly NaviDatabase database;

    internal ServiceClients(IOpenIddictApplicationManager manager, IssuerTenant tenant, NaviDatabase database)
    {
        this.manager = manager;
        this.tenant = tenant;
        this.database = database;
    }

    /// <summary>Makes a client; its secret is known to nobody afterwards but its holder.</summary>
    public async Task<(ServiceClientRow Client, string Secret)> CreateAsync(Principal by, string name, IReadOnlyList<string> roles, CancellationToken cancellation)
    {
        tenant.Organisation = by.Organisation;
        var secret = Secret.New().Value;
        var client = new IssuerClient { OrgId = by.Organisation, CreatedBy = by.User, Roles = [.. Role.All.Where(roles.Contains)] };
        await manager.PopulateAsync(client, new OpenIddictApplicationDescriptor
        {
            ClientId = Prefix + Guid.CreateVersion7().ToString("n"),
            ClientType = ClientTypes.Confidential,
            DisplayName = name,
            Permissions = { Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Scope + IssuerClaims.Navi },
        }, cancellation);
        await manager.CreateAsync(client, secret, cancellation);
        return (new ServiceClientRow { ClientId = client.ClientId!, Name = name, Roles = [.. client.Roles], CreatedAt = client.CreatedAt, CreatedBy = by.User }, secret);
    }

    /// <summary>The organisation's clients, oldest first.</summary>
    public Task<List<ServiceClientRow>> ListAsync(string organisation, CancellationToken cancellation) => database.RunAsync(Scope.System, async c => (await c.QueryAsync<ServiceClientRow>(
        """
        SELECT client_id, display_name AS name, roles, created_at, created_by FROM navi.issuer_clients
        WHERE org_id = @organisation AND client_type = 'confidential' ORDER BY created_at, client_id
        """, new { organisation })).AsList(), cancellation);

    /// <summary>Deletes a client and everything that was issued to it; false when the organisation has none of this id.</summary>
    public async Task<bool> DeleteAsync(string organisation, string clientId, CancellationToken cancellation) => await database.RunAsync(Scope.System, c => c.ExecuteAsync(
        "DELETE FROM navi.issuer_clients WHERE org_id = @organisation AND client_id = @clientId AND client_type = 'confidential'", new { organisation, clientId }), cancellation) == 1;
}
