using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Navi.Drills.GoLive;

/// <summary>A certificate authority of the drill, and certificates of it for this machine.</summary>
internal sealed class Authority : IDisposable
{
    private readonly X509Certificate2 certificate;
    private readonly string directory;

    public Authority(string directory)
    {
        this.directory = directory;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=NAVI drill authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddYears(1));
        File.WriteAllText(FileName, certificate.ExportCertificatePem());
    }

    /// <summary>Its certificate as a PEM file.</summary>
    public string FileName => Path.Combine(directory, "authority.pem");

    /// <summary>Makes a certificate of localhost and 127.0.0.1 and its key, as PEM files.</summary>
    public (string Certificate, string Key) Issue(string name, TimeSpan life)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var issued = request.Create(certificate, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow() + life, RandomNumberGenerator.GetBytes(8));
        var files = (Path.Combine(directory, $"{name}.pem"), Path.Combine(directory, $"{name}.key"));
        File.WriteAllText(files.Item1, issued.ExportCertificatePem());
        File.WriteAllText(files.Item2, key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(files.Item2, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return files;
    }

    public void Dispose() => certificate.Dispose();
}
