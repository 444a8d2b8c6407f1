using Microsoft.IdentityModel.Protocols;

namespace Navi.Platform.Security.Identity.Issuers;

/// <summary>The way to one issuer outside: its client and what its discovery document says, shared by all that ask it.</summary>
internal sealed class IssuerConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public IssuerConnection(IssuerEntry entry, TimeProvider time)
    {
        Entry = entry;
        var address = entry.Authority.TrimEnd('/') + "/.well-known/openid-configuration";
        // Plain http was refused at start for everything but this machine.
        var retriever = new HttpDocumentRetriever(Http) { RequireHttps = !entry.Authority.StartsWith("http://", StringComparison.OrdinalIgnoreCase) };
        Keys = new IssuerKeys(address, retriever, time);
    }

    public IssuerEntry Entry { get; }

    /// <summary>Bounded in time and size; follows no redirects.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience }) { Timeout = Patience, MaxResponseContentBufferSize = 1 << 20 };

    public IssuerKeys Keys { get; }

    public void Dispose()
    {
        Keys.Dispose();
        Http.Dispose();
    }
}
