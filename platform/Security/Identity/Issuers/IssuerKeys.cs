using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Navi.Platform.Security.Identity.Issuers;

/// <summary>An issuer's discovery document and keys, kept for an hour and read again on demand at most once in half a minute, so that strangers' tokens do not make NAVI call out.</summary>
internal sealed class IssuerKeys(string address, HttpDocumentRetriever retriever, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim one = new(1);
    private OpenIdConnectConfiguration? known;
    private DateTimeOffset readAt;
    private DateTimeOffset? refreshedAt;

    /// <summary>What is known, read when there is nothing or it is old.</summary>
    /// <exception cref="InvalidOperationException">The issuer does not answer, or not with a discovery document.</exception>
    public async Task<OpenIdConnectConfiguration> GetAsync(CancellationToken cancellation)
    {
        if (known is { } fresh && time.GetUtcNow() - readAt < Kept)
            return fresh;
        await one.WaitAsync(cancellation);
        try
        {
            return known is { } meanwhile && time.GetUtcNow() - readAt < Kept ? meanwhile : await ReadAsync(cancellation);
        }
        catch (Exception e) when (known is not null && e is InvalidOperationException or HttpRequestException or IOException)
        {
            // Keys that were good an hour ago are better than nobody's.
            return known!;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Reads the keys again unless that was done just now; false when nothing was read.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellation)
    {
        var asked = time.GetUtcNow();
        await one.WaitAsync(cancellation);
        try
        {
            // Somebody else may have read them while this one waited.
            if (readAt > asked)
                return true;
            if (refreshedAt is { } last && asked - last < Pause)
                return false;
            refreshedAt = asked;
            await ReadAsync(cancellation);
            return true;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<OpenIdConnectConfiguration> ReadAsync(CancellationToken cancellation)
    {
        var read = await OpenIdConnectConfigurationRetriever.GetAsync(address, retriever, cancellation);
        readAt = time.GetUtcNow();
        return known = read;
    }
}
