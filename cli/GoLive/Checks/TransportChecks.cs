using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Navi.Cli.GoLive.Checks;

/// <summary>How callers reach NAVI.</summary>
internal static class TransportChecks
{
    // Less is no time to mend a renewal that does not work.
    private const int LeastDays = 14;

    /// <summary>The certificate as a caller sees it: trusted here, of this name, not near its end, by TLS 1.2 or 1.3.</summary>
    public static async Task<Verdict> CertificateAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        if (target.Address.Scheme != Uri.UriSchemeHttps)
            return Verdict.Failed($"{target.Address} is not https");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(target.Request);
        var errors = SslPolicyErrors.None;
        var why = "";
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(target.Address.DnsSafeHost, target.Address.Port, limit.Token);
            await using var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, _, chain, found) =>
            {
                (errors, why) = (found, string.Join(", ", chain?.ChainStatus.Select(s => s.StatusInformation.Trim()) ?? []));
                // What is wrong is told below, with the certificate's other figures.
                return true;
            });
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = target.Address.DnsSafeHost }, limit.Token);
            using var certificate = new X509Certificate2(stream.RemoteCertificate!);
            return Judge(certificate, errors, why, stream.SslProtocol, target.Time.GetUtcNow());
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return Verdict.Failed($"no TLS connection to {target.Address.Authority}: {(e is OperationCanceledException ? $"not within {target.Request.TotalSeconds:0} s" : e.Message)}");
        }
    }

    /// <summary>The name by which callers reach NAVI, as this machine resolves it.</summary>
    public static async Task<Verdict> NameAsync(GoLiveTarget target, CancellationToken cancellation)
    {
        var host = target.Address.DnsSafeHost;
        if (target.Address.HostNameType != UriHostNameType.Dns)
            return Verdict.Failed($"{host} is an address, not a name: callers and certificates need one that can move");
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellation);
            return addresses.Length == 0 ? Verdict.Failed($"{host} has no address") : Verdict.Passed($"{host} is {string.Join(", ", addresses.Select(a => a.ToString()))} from here");
        }
        catch (SocketException e)
        {
            return Verdict.Failed($"{host} can't be resolved: {e.Message}");
        }
    }

    private static Verdict Judge(X509Certificate2 certificate, SslPolicyErrors errors, string why, SslProtocols protocol, DateTimeOffset now)
    {
        var wrong = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            wrong.Add($"the certificate is of {certificate.Subject}, not of this name");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            wrong.Add($"the certificate is not trusted here: {why}");
        var left = (certificate.NotAfter.ToUniversalTime() - now.UtcDateTime).TotalDays;
        if (left < LeastDays)
            wrong.Add($"the certificate ends on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}, in {left:0} days (at least {LeastDays})");
        if (protocol is not (SslProtocols.Tls12 or SslProtocols.Tls13))
            wrong.Add($"the connection is {protocol}");
        return Verdict.Of(wrong, $"{certificate.Subject} by {certificate.Issuer} until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}, {protocol}");
    }
}
