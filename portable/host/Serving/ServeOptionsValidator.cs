using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Navi.Portable.Host.Serving;

/// <summary>Stops a start whose addresses and certificate do not fit.</summary>
internal sealed class ServeOptionsValidator : IValidateOptions<ServeOptions>
{
    public ValidateOptionsResult Validate(string? name, ServeOptions options)
    {
        var failures = new List<string>();
        var urls = (options.Urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (urls.Length == 0)
            failures.Add("Navi:Serve:Urls is empty; it must be an address such as http://0.0.0.0:8080.");
        failures.AddRange(urls.Where(u => !IsAddress(u)).Select(u => $"Navi:Serve:Urls has '{u}'; it must be http:// or https://, a host or 0.0.0.0, and a port, such as http://0.0.0.0:8080."));
        var secure = urls.Any(u => u.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
        var (certificate, key) = (options.Certificate ?? "", options.CertificateKey ?? "");
        if (certificate.Length == 0 != (key.Length == 0))
            failures.Add($"Navi:Serve:{(key.Length == 0 ? "CertificateKey" : "Certificate")} is missing: Certificate and CertificateKey are set both or not at all.");
        else if (secure && certificate.Length == 0)
            failures.Add($"Navi:Serve:Urls has an https address ('{options.Urls}'), which needs Navi:Serve:Certificate and Navi:Serve:CertificateKey.");
        else if (!secure && certificate.Length > 0)
            failures.Add($"Navi:Serve:Certificate is '{certificate}', but Navi:Serve:Urls has no https address ('{options.Urls}').");
        else if (certificate.Length > 0 && Unreadable(certificate, key) is { } why)
            failures.Add($"Navi:Serve:Certificate '{certificate}' with Navi:Serve:CertificateKey '{key}' can't be used: {why} Both must be PEM files, the key without a password.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.PathAndQuery == "/" && address.UserInfo.Length == 0 && address.Fragment.Length == 0;

    private static string? Unreadable(string certificate, string key)
    {
        try
        {
            using var leaf = ServerCertificate.Read(certificate, key).Leaf;
            return null;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e.Message;
        }
    }
}
