using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Navi.Platform.Security.Issuer.Keys;
using Navi.Platform.Security.Issuer.Stores;
using Navi.Platform.Security.People;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Navi.Platform.Security.Issuer;

/// <summary>The way from a function into OpenIddict, which is usually reached through a pipeline that functions do not have.</summary>
public sealed class IssuerGate
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    private readonly IAuthenticationHandlerProvider handlers;
    private readonly IssuerCredentials keys;
    private readonly IssuerTenant tenant;

    internal IssuerGate(IAuthenticationHandlerProvider handlers, IssuerCredentials keys, IssuerTenant tenant)
    {
        this.handlers = handlers;
        this.keys = keys;
        this.tenant = tenant;
    }

    /// <summary>Lets OpenIddict answer a request to one of its endpoints; false when it leaves the answer to the caller.</summary>
    public async Task<bool> HandleAsync(HttpContext http)
    {
        await keys.FollowAsync(http.RequestAborted);
        return await handlers.GetHandlerAsync(http, Scheme) is IAuthenticationRequestHandler handler && await handler.HandleRequestAsync();
    }

    /// <summary>What a device that shows the request's <c>user_code</c> asks for; null when no device waits under it. Only after <see cref="HandleAsync"/> was false.</summary>
    public async Task<DeviceRequest?> DeviceAsync(HttpContext http)
    {
        var outcome = await http.AuthenticateAsync(Scheme);
        return outcome.Principal is { } principal && principal.GetClaim(Claims.ClientId) is { } client
            ? new DeviceRequest(client, principal.GetClaim(IssuerClaims.Expected), [.. principal.GetScopes()])
            : null;
    }

    /// <summary>Lets the device act for a person.</summary>
    /// <param name="http">The request that named the code.</param>
    /// <param name="person">Who confirmed.</param>
    /// <param name="device">What was confirmed.</param>
    /// <param name="next">Where the browser goes then.</param>
    public Task ApproveAsync(HttpContext http, UserRow person, DeviceRequest device, string next)
    {
        tenant.Organisation = person.OrgId;
        return http.SignInAsync(Scheme, IssuerPrincipal.Of(person, device.Scopes), new AuthenticationProperties { RedirectUri = next });
    }

    /// <summary>Refuses the device.</summary>
    public Task DenyAsync(HttpContext http, string next) => http.ForbidAsync(Scheme, new AuthenticationProperties { RedirectUri = next });
}
