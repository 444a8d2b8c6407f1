using System.Security.Claims;
using Navi.Platform.Security.Identity;
using Navi.Platform.Security.Issuer.Stores;
using Navi.Platform.Security.People;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Navi.Platform.Security.Issuer.Flows;

/// <summary>Says whom the tokens of a grant stand for, with the roles that hold now: a person who was disabled gets none, and one whose roles changed gets the new ones.</summary>
internal sealed class TokenCaller(UserStore users, IOpenIddictApplicationManager clients, IssuerTenant tenant) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    // After the principal of the code or refresh token was attached.
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
        .UseScopedHandler<TokenCaller>()
        .SetOrder(OpenIddictServerHandlers.Exchange.AttachPrincipal.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType())
        {
            var client = (IssuerClient)(await clients.FindByClientIdAsync(context.ClientId!, context.CancellationToken) ?? throw new InvalidOperationException("The client was deleted while it asked."));
            context.Principal = IssuerPrincipal.Of(client.ClientId!, client.OrgId!, client.Roles, Principal.Client, client.DisplayName, context.Request.GetScopes());
        }
        else if (await PersonAsync(context.Principal, context.CancellationToken) is { } person)
        {
            IssuerPrincipal.Renew(context.Principal!, person);
        }
        else
        {
            context.Reject(Errors.InvalidGrant, "This person may not sign in any more.");
            return;
        }
        tenant.Organisation = context.Principal!.GetClaim(IssuerClaims.Organisation)!;
    }

    private async Task<UserRow?> PersonAsync(ClaimsPrincipal? principal, CancellationToken cancellation)
    {
        if (principal?.GetClaim(IssuerClaims.Organisation) is not { } organisation || principal.GetClaim(Claims.Subject) is not { } user)
            return null;
        return await users.FindAsync(organisation, user, cancellation) is { DisabledAt: null } row ? row : null;
    }
}
