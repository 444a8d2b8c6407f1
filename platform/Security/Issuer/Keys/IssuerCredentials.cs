using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using Navi.Platform.Security.SigningKeys;
using OpenIddict.Server;

namespace Navi.Platform.Security.Issuer.Keys;

/// <summary>Gives OpenIddict the keys of the ring, and tells it to read its options anew when the ring has changed.</summary>
internal sealed class IssuerCredentials(SigningKeyRing ring) : IConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>, IDisposable
{
    private readonly Lock exchange = new();
    private CancellationTokenSource changed = new();
    private string? version;

    public string? Name => Options.DefaultName;

    /// <summary>Called before each request of the issuer, so that the keys it uses are the ring's.</summary>
    public async ValueTask FollowAsync(CancellationToken cancellation)
    {
        var set = await ring.GetAsync(cancellation);
        lock (exchange)
        {
            if (version == set.Version)
                return;
            using var told = changed;
            changed = new CancellationTokenSource();
            // Within the lock: whoever finds the version unchanged must find the options that belong to it.
            told.Cancel();
            version = set.Version;
        }
    }

    public IChangeToken GetChangeToken()
    {
        lock (exchange)
            return new CancellationChangeToken(changed.Token);
    }

    public void Configure(OpenIddictServerOptions options)
    {
        var set = ring.Current ?? throw new InvalidOperationException("The signing keys have not been read.");
        // The first one signs; the others are published for those who verify. The key that comes next is among them.
        options.SigningCredentials.Add(new CurrentCredentials(set.Signing));
        foreach (var key in set.Published.Where(k => k.KeyId != set.Signing.KeyId))
            options.SigningCredentials.Add(new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256));
        foreach (var key in set.Encrypting)
            options.EncryptionCredentials.Add(new EncryptingCredentials(key, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
    }

    public void Dispose() => changed.Dispose();
}
