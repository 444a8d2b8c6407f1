using Microsoft.Extensions.Options;
using OpenIddict.Server;

namespace Navi.Platform.Security.Issuer;

/// <summary>
/// Tells OpenIddict where its endpoints are: first under the public address, which discovery prints, and then relative to whatever address this process is
/// reached by behind a proxy or the Functions host.
/// </summary>
internal sealed class IssuerEndpoints(IssuerAddress address, IOptions<IssuerOptions> given) : IConfigureOptions<OpenIddictServerOptions>
{
    public void Configure(OpenIddictServerOptions options)
    {
        options.Issuer = address.Configured;
        Add(options.ConfigurationEndpointUris, ".well-known/openid-configuration");
        Add(options.JsonWebKeySetEndpointUris, ".well-known/jwks");
        Add(options.DeviceAuthorizationEndpointUris, "connect/device");
        Add(options.EndUserVerificationEndpointUris, "connect/verify");
        Add(options.TokenEndpointUris, "connect/token");
        Add(options.RevocationEndpointUris, "connect/revoke");
        options.AccessTokenLifetime = given.Value.AccessTokenLifetime;
        options.RefreshTokenLifetime = given.Value.RefreshTokenLifetime;
        options.DeviceCodeLifetime = given.Value.DeviceCodeLifetime;
        options.UserCodeLifetime = given.Value.DeviceCodeLifetime;
    }

    private void Add(List<Uri> uris, string path)
    {
        uris.Clear();
        if (address.Configured is { } configured)
            uris.Add(new Uri(configured, path));
        uris.Add(new Uri(path, UriKind.Relative));
    }
}
