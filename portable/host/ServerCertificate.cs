using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Navi.Portable.Host;

/// <summary>The certificate that a host shows to its callers.</summary>
/// <param name="Leaf">The host's own, with its private key.</param>
/// <param name="Chain">The authorities between it and one that callers know; may be empty.</param>
public sealed record ServerCertificate(X509Certificate2 Leaf, X509Certificate2Collection Chain)
{
    /// <summary>Reads PEM files: the certificate first, the authorities after it, and the private key without a password.</summary>
    /// <exception cref="CryptographicException">A file holds something else, or the key belongs to another certificate.</exception>
    /// <exception cref="IOException">A file is not there or can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static ServerCertificate Read(string certificate, string key)
    {
        var leaf = X509Certificate2.CreateFromPemFile(certificate, key);
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(certificate);
        return new ServerCertificate(leaf, [.. all.Skip(1)]);
    }
}
