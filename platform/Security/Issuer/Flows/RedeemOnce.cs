using Microsoft.Extensions.Logging;
using Navi.Platform.Security.Issuer.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Navi.Platform.Security.Issuer.Flows;

/// <summary>
/// Lets one request alone redeem a device code or a refresh token, whoever else holds it at the same moment. OpenIddict finds a token that was redeemed before,
/// but lets several requests pass that ask at once. A second holder means that the token has been copied: the sign-in ends.
/// </summary>
internal sealed partial class RedeemOnce(SignIns signIns, ILogger<RedeemOnce> logger) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    // Before anything is made of the token.
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
        .UseScopedHandler<RedeemOnce>()
        .SetOrder(OpenIddictServerHandlers.Exchange.AttachPrincipal.Descriptor.Order + 250)
        .Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType())
            return;
        var token = Guid.Parse(context.Principal?.GetTokenId() ?? throw new InvalidOperationException("The token that is redeemed has no row."));
        var signIn = Guid.Parse(context.Principal.GetAuthorizationId() ?? throw new InvalidOperationException("The token that is redeemed belongs to no sign-in."));
        if (await signIns.IsOverAsync(signIn, context.CancellationToken))
        {
            context.Reject(Errors.InvalidGrant, "The sign-in has lasted as long as any may; sign in again.");
            return;
        }
        if (await signIns.ClaimAsync(token, context.CancellationToken))
            return;
        LogReuse(token);
        await signIns.EndAsync(signIn, CancellationToken.None);
        context.Reject(Errors.InvalidGrant, "The token has already been redeemed.");
    }

    [LoggerMessage(4221, LogLevel.Warning, "The token {TokenId} was redeemed by two at once; its sign-in ends.")]
    private partial void LogReuse(Guid tokenId);
}
