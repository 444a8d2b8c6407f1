using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Navi.Platform.Data;
using Navi.Platform.Security.Clients;
using Navi.Platform.Security.Identity.Issuers;
using Navi.Platform.Security.Identity.SignIn;
using Navi.Platform.Security.Issuer.Flows;
using Navi.Platform.Security.Issuer.Keys;
using Navi.Platform.Security.Issuer.Stores;
using Navi.Platform.Security.Issuer.Tokens;
using Navi.Platform.Security.People;
using OpenIddict.Server;

namespace Navi.Platform.Security.Issuer;

/// <summary>Registers NAVI's own issuer on OpenIddict.</summary>
internal static class IssuerRegistration
{
    // Letters that make no words and are not taken for one another (RFC 8628, 6.1): 20^8 codes.
    private static readonly string[] Letters = ["B", "C", "D", "F", "G", "H", "J", "K", "L", "M", "N", "P", "Q", "R", "S", "T", "V", "W", "X", "Z"];

    public static IServiceCollection AddIssuer(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IssuerOptions>().Bind(configuration.GetSection(IssuerOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<IssuerOptions>, IssuerOptionsValidator>();
        services.AddDbContext<IssuerContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NaviDatabase>().Source));
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IssuerContext>().ReplaceDefaultEntities<IssuerClient, IssuerAuthorization, IssuerScope, IssuerToken, Guid>())
            .AddServer(AddServer);
        services.AddSingleton<IssuerCredentials>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(p => p.GetRequiredService<IssuerCredentials>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(p => p.GetRequiredService<IssuerCredentials>());
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, IssuerEndpoints>();
        return services
            .AddSingleton<IssuerAddress>()
            .AddSingleton<IssuedTokens>()
            .AddSingleton<SignIns>()
            .AddSingleton<ITokenIssuer, OwnIssuer>()
            .AddScoped<IssuerTenant>()
            .AddScoped(p => new IssuerGate(p.GetRequiredService<IAuthenticationHandlerProvider>(), p.GetRequiredService<IssuerCredentials>(), p.GetRequiredService<IssuerTenant>()))
            .AddScoped(p => new ServiceClients(p.GetRequiredService<OpenIddict.Abstractions.IOpenIddictApplicationManager>(), p.GetRequiredService<IssuerTenant>(), p.GetRequiredService<NaviDatabase>()))
            .AddSingleton<UserStore>()
            .AddSingleton<BrowserSessions>()
            .AddScoped<IssuerUpkeep>()
            .AddSingleton<SignInStates>()
            .AddSingleton(p => new ExternalSignIn(p.GetRequiredService<IssuerConnections>(), p.GetRequiredService<SignInStates>(), p.GetRequiredService<UserStore>()));
    }

    private static void AddServer(OpenIddictServerBuilder server)
    {
        server.AllowDeviceAuthorizationFlow().AllowClientCredentialsFlow().AllowRefreshTokenFlow();
        server.RegisterScopes(IssuerClaims.Navi);
        server.RegisterClaims(IssuerClaims.Organisation, IssuerClaims.Roles, IssuerClaims.Kind);
        // Access tokens are signed and readable; refresh tokens are references to rows, kept as digests.
        server.DisableAccessTokenEncryption().UseReferenceRefreshTokens();
        // A refresh token is good once; whoever sends it again ends the whole sign-in, without a time of grace.
        server.SetRefreshTokenReuseLeeway(TimeSpan.Zero);
        server.SetUserCodeCharset(Letters).SetUserCodeLength(8).SetUserCodeDisplayFormat("{0}{1}{2}{3}-{4}{5}{6}{7}");
        server.AddEventHandler(PollingPace.Descriptor).AddEventHandler(ReusedToken.Descriptor).AddEventHandler(DeviceIntent.Descriptor).AddEventHandler(RedeemOnce.Descriptor).AddEventHandler(TokenCaller.Descriptor).AddEventHandler(EndRevokedSignIn.Descriptor).AddEventHandler(SignWithCurrentKey.Descriptor);
        // TLS ends before this process, at the platform's edge; IssuerOptionsValidator sees to https.
        server.UseAspNetCore().EnableEndUserVerificationEndpointPassthrough().DisableTransportSecurityRequirement();
    }
}
