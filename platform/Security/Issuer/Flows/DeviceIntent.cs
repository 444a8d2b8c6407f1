using System.Security.Claims;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Navi.Platform.Security.Issuer.Flows;

/// <summary>Notes with a device's code whom it expects (<c>login_hint</c>), and tells the device how often to ask.</summary>
internal sealed class DeviceIntent(IOptions<IssuerOptions> options) : IOpenIddictServerHandler<HandleDeviceAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleDeviceAuthorizationRequestContext>()
        .UseScopedHandler<DeviceIntent>()
        .SetOrder(500)
        .Build();

    private const int LongestHint = 200;

    public ValueTask HandleAsync(HandleDeviceAuthorizationRequestContext context)
    {
        var identity = new ClaimsIdentity();
        if (context.Request.LoginHint is { Length: > 0 } hint)
        {
            if (hint.Length > LongestHint)
            {
                context.Reject(OpenIddictConstants.Errors.InvalidRequest, $"login_hint has {hint.Length} characters; at most {LongestHint} are accepted.");
                return default;
            }
            identity.AddClaim(new Claim(IssuerClaims.Expected, hint));
        }
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(context.Request.GetScopes());
        context.Principal = principal;
        context.Parameters["interval"] = options.Value.PollSeconds;
        return default;
    }
}
