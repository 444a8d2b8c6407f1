using Azure.Core;
using Azure.Identity;

namespace Navi.Platform.Data.Connections;

/// <summary>Access tokens of Entra ID that Azure Database for PostgreSQL takes as passwords. They are kept in memory and renewed five minutes before their end.</summary>
internal sealed class EntraTokens(TokenCredential credential)
{
    private const string Scope = "https://ossrdbms-aad.database.windows.net/.default";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Lazy<EntraTokens> Shared = new(() => new EntraTokens(OfDeployment()));

    /// <summary>Those of this process's identity; one memory for all of its pools.</summary>
    public static EntraTokens OfThisProcess => Shared.Value;

    /// <summary>A token that is good for some minutes at least.</summary>
    /// <exception cref="AuthenticationFailedException">This process has no identity, or it was refused.</exception>
    /// <exception cref="TimeoutException">The identity service did not answer.</exception>
    public async ValueTask<string> GetAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return (await credential.GetTokenAsync(new TokenRequestContext([Scope]), limit.Token)).Token;
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The identity service gave no token for PostgreSQL within {Patience.TotalSeconds:0} seconds.", e);
        }
    }

    // A deployment's own identities and nothing that a developer's machine or the environment may have beside them. AZURE_CLIENT_ID chooses among several.
    private static DefaultAzureCredential OfDeployment() => new(new DefaultAzureCredentialOptions
    {
        // Only Microsoft's own authorities are known to the service that would be asked about them.
        DisableInstanceDiscovery = IsPrivateCloud(Environment.GetEnvironmentVariable("AZURE_AUTHORITY_HOST")),
        ExcludeEnvironmentCredential = true,
        ExcludeVisualStudioCredential = true,
        ExcludeVisualStudioCodeCredential = true,
        ExcludeAzureCliCredential = true,
        ExcludeAzurePowerShellCredential = true,
        ExcludeAzureDeveloperCliCredential = true,
        ExcludeInteractiveBrowserCredential = true,
        ExcludeBrokerCredential = true,
        Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(10), MaxDelay = TimeSpan.FromSeconds(2) },
    });

    private static bool IsPrivateCloud(string? authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var given)
        && given.Host != AzureAuthorityHosts.AzurePublicCloud.Host && given.Host != AzureAuthorityHosts.AzureGovernment.Host && given.Host != AzureAuthorityHosts.AzureChina.Host;
}
