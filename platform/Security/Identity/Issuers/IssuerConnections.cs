using Microsoft.Extensions.Options;

namespace Navi.Platform.Security.Identity.Issuers;

/// <summary>The ways to all configured issuers, by their number in the configuration.</summary>
internal sealed class IssuerConnections(IOptions<IdentityOptions> options, TimeProvider time) : IDisposable
{
    public IReadOnlyList<IssuerConnection> All { get; } = [.. options.Value.Issuers.Select(entry => new IssuerConnection(entry, time))];

    public void Dispose()
    {
        foreach (var connection in All)
            connection.Dispose();
    }
}
