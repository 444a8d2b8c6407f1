using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Navi.Platform.Checkpoints;
using Navi.Platform.Contents;
using Navi.Platform.Data;
using Navi.Platform.Hosting.Readiness;
using Navi.Platform.Hosting.Startup;
using Navi.Platform.Outbox;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Identity;
using Navi.Platform.Security.Identity.Issuers;
using Navi.Platform.Security.Issuer;
using Navi.Platform.Security.SigningKeys;
using Navi.Platform.Security.Tokens;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Tasks.Events.Streams;
using Navi.Platform.Tasks.Restoration;
using Navi.Platform.Telemetry;

namespace Navi.Platform.Hosting;

/// <summary>Registers the platform.</summary>
public static class PlatformRegistration
{
    /// <summary>Adds options (validated at start), the database and the stores.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NaviOptions>().Bind(configuration.GetSection(NaviOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        services.AddStartupChecks();
        services.AddOptions<IdentityOptions>().Bind(configuration.GetSection(IdentityOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IdentityOptions>, IdentityOptionsValidator>();
        services.AddSingleton<IssuerConnections>();
        // Several issuers, each with the keys it has read: made once, when the first token asks for them.
        foreach (var index in Enumerable.Range(0, configuration.GetSection(IdentityOptions.Section).GetSection(nameof(IdentityOptions.Issuers)).GetChildren().Count()))
            services.AddSingleton<ITokenIssuer>(p => new ExternalIssuer(p.GetRequiredService<IssuerConnections>().All[index]));
        services.TryAddSingleton(TimeProvider.System);
        services.AddIssuer(configuration);
        return services
            .AddEncryption(configuration)
            .AddSigningKeys(configuration)
            .AddSingleton<EncryptedTokens>()
            .AddSingleton<TokenAuthenticator>()
            .AddSingleton<BearerAuthenticator>()
            .AddSingleton<NaviDatabase>()
            .AddSingleton<IReadinessCheck, DatabaseReadiness>()
            .AddSingleton<TaskStore>()
            .AddSingleton<TaskProgress>()
            .AddSingleton<TaskSuspension>()
            .AddSingleton<RestoredTasks>()
            .AddSingleton<TaskEventStore>()
            .AddEventStreams(configuration)
            .AddTelemetry(configuration)
            .AddSingleton<ContentStore>()
            .AddSingleton<CheckpointStore>()
            .AddSingleton<Decisions>()
            .AddSingleton<OutboxStore>();
    }
}
