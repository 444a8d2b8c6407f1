using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Navi.Platform.Security.Issuer.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Navi.Platform.Security.Issuer.Flows;

/// <summary>
/// Ends the sign-in of a refresh token that comes a second time. OpenIddict refuses it, but ends only the tokens that exist at that moment and leaves the sign-in,
/// so that one which is being made just then would go on.
/// </summary>
internal sealed partial class ReusedToken(SignIns signIns, ILogger<ReusedToken> logger) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
        .UseScopedHandler<ReusedToken>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ValidateAuthentication.Descriptor.Order - 400)
        .Build();

    /// <summary>As OpenIddict keeps references: the base64 of their SHA-256.</summary>
    public static string ReferenceOf(string token) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Request.IsRefreshTokenGrantType() && context.Request.RefreshToken is { Length: > 0 } token
            && await signIns.FindClaimedAsync(ReferenceOf(token), context.CancellationToken) is { } signIn)
        {
            LogReuse(signIn);
            await signIns.EndAsync(signIn, CancellationToken.None);
        }
    }

    [LoggerMessage(4222, LogLevel.Warning, "A refresh token came a second time; the sign-in {SignIn} ends.")]
    private partial void LogReuse(Guid signIn);
}
