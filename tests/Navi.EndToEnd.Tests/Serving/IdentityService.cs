using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Navi.EndToEnd.Tests.Serving;

/// <summary>
/// Speaks the three protocols by which a process in Azure gets tokens: the instance metadata service, the identity endpoint of App Service and Functions, and the token endpoint of Entra ID for a workload's federated token.
/// </summary>
internal sealed class IdentityService : IAsyncDisposable
{
    public const string Resource = "https://ossrdbms-aad.database.windows.net";
    public const string Secret = "the-identity-header";
    public const string Federated = "the-federated-token";

    private readonly WebApplication app;
    private readonly X509Certificate2 certificate;
    private int asked;

    private IdentityService(WebApplication app, X509Certificate2 certificate)
    {
        this.app = app;
        this.certificate = certificate;
    }

    /// <summary>The token that is given now.</summary>
    public string Token { get; set; } = "";

    /// <summary>Seconds for which a token is said to be good.</summary>
    public int Seconds { get; set; } = 200;

    /// <summary>How many tokens were given.</summary>
    public int Asked => asked;

    public Uri Http => new(app.Urls.Single(u => u.StartsWith("http:", StringComparison.Ordinal)));

    public Uri Https => new(app.Urls.Single(u => u.StartsWith("https:", StringComparison.Ordinal)));

    public string CertificatePem => certificate.ExportCertificatePem();

    public static async Task<IdentityService> StartAsync()
    {
        var certificate = MakeCertificate();
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, 0);
            k.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
        });
        var service = new IdentityService(builder.Build(), certificate);
        service.app.MapGet("/metadata/identity/oauth2/token", (HttpRequest request) => service.Answer(request.Headers["Metadata"] == "true" && request.Query["resource"] == Resource));
        service.app.MapGet("/msi/token", (HttpRequest request) => service.Answer(request.Headers["X-IDENTITY-HEADER"] == Secret && request.Query["resource"] == Resource));
        service.app.MapPost("/{tenant}/oauth2/v2.0/token", async (string tenant, HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            return service.Answer(tenant == "the-tenant" && form["client_assertion"] == Federated && form["scope"].ToString().Split(' ').Contains(Resource + "/.default") && form["grant_type"] == "client_credentials");
        });
        await service.app.StartAsync();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
    }

    private IResult Answer(bool isRight)
    {
        // What asks without the header only looks whether anybody is there.
        if (!isRight)
            return Results.Json(new { error = "invalid_request", error_description = "Required metadata header not specified" }, statusCode: 400);
        Interlocked.Increment(ref asked);
        var until = TimeProvider.System.GetUtcNow().AddSeconds(Seconds).ToUnixTimeSeconds();
        return Results.Json(new Dictionary<string, object>
        {
            ["access_token"] = Token, ["client_id"] = "the-client", ["expires_in"] = Seconds, ["expires_on"] = $"{until}", ["ext_expires_in"] = Seconds, ["resource"] = Resource, ["token_type"] = "Bearer",
        });
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=identity.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
