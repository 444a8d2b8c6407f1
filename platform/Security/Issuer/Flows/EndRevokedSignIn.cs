using Navi.Platform.Security.Issuer.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Navi.Platform.Security.Issuer.Flows;

/// <summary>Ends the whole sign-in of a refresh token that is revoked (RFC 7009, 2.1): its access tokens hold no longer either.</summary>
internal sealed class EndRevokedSignIn(SignIns signIns) : IOpenIddictServerHandler<HandleRevocationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleRevocationRequestContext>()
        .UseScopedHandler<EndRevokedSignIn>()
        .SetOrder(OpenIddictServerHandlers.Revocation.RevokeToken.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(HandleRevocationRequestContext context)
    {
        if (context.GenericTokenPrincipal.HasTokenType(OpenIddictConstants.TokenTypeIdentifiers.RefreshToken) && context.GenericTokenPrincipal.GetAuthorizationId() is { } signIn)
            await signIns.EndAsync(Guid.Parse(signIn), CancellationToken.None);
    }
}
