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

    // A deployment's own identity and nothing else that the environment or a developer's machine may have. No chain that tries one after the other: its quick question whether a metadata service is there
    // gives the wrong answer on a slow morning. AZURE_CLIENT_ID chooses among several managed identities.
    private static TokenCredential OfDeployment()
    {
        if (Environment.GetEnvironmentVariable("AZURE_FEDERATED_TOKEN_FILE") is { Length: > 0 })
        {
            var workload = new WorkloadIdentityCredentialOptions
            {
                // Only Microsoft's own authorities are known to the service that would be asked about them.
                DisableInstanceDiscovery = IsPrivateCloud(Environment.GetEnvironmentVariable("AZURE_AUTHORITY_HOST")),
            };
            Bound(workload);
            return new WorkloadIdentityCredential(workload);
        }
        var managed = new ManagedIdentityCredentialOptions(Environment.GetEnvironmentVariable("AZURE_CLIENT_ID") is { Length: > 0 } client ? ManagedIdentityId.FromUserAssignedClientId(client) : ManagedIdentityId.SystemAssigned);
        Bound(managed);
        return new ManagedIdentityCredential(managed);
    }

    private static void Bound(TokenCredentialOptions options)
    {
        options.Retry.MaxRetries = 3;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(4);
    }

    private static bool IsPrivateCloud(string? authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var given)
        && given.Host != AzureAuthorityHosts.AzurePublicCloud.Host && given.Host != AzureAuthorityHosts.AzureGovernment.Host && given.Host != AzureAuthorityHosts.AzureChina.Host;
}
