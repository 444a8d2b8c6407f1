using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Navi.Drills.GoLive;

/// <summary>What stands before NAVI, such as an ingress: ends TLS and passes everything on, but for what is wrong with it.</summary>
internal sealed class Gateway : IAsyncDisposable
{
    private static readonly HashSet<string> OfOneConnection = new(StringComparer.OrdinalIgnoreCase) { "Host", "Connection", "Transfer-Encoding", "Keep-Alive" };

    private WebApplication? app;
    private HttpClient? http;

    /// <summary>How long its certificate is still good.</summary>
    public TimeSpan Certificate { get; set; } = TimeSpan.FromDays(90);

    /// <summary>A token that it gives to requests for <c>/metrics</c> that have none; null for none.</summary>
    public string? TokenForMetrics { get; set; }

    /// <summary>The version of which it kept an <c>/openapi.json</c>; null when it keeps none.</summary>
    public string? KeptDocument { get; set; }

    /// <summary>It does not pass on the issuer's discovery.</summary>
    public bool KeepsDiscoveryBack { get; set; }

    public Uri Address => new(app!.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    public async Task StartAsync(LocalProduction production, CancellationToken cancellation)
    {
        var (certificate, key) = production.Authority.Issue("gateway", Certificate);
        using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null))));
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true } }) { BaseAddress = production.Address, Timeout = Timeout.InfiniteTimeSpan };
        app = builder.Build();
        app.Run(PassAsync);
        await app.StartAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        http?.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        if (KeepsDiscoveryBack && context.Request.Path == "/.well-known/openid-configuration")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("<html><title>404 Not Found</title></html>");
            return;
        }
        using var answer = await http!.SendAsync(Ask(context.Request), HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !OfOneConnection.Contains(h.Key)))
            context.Response.Headers[name] = values.ToArray();
        if (KeptDocument is { } version && context.Request.Path == "/openapi.json")
        {
            var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync(context.RequestAborted))!;
            document["info"]!["version"] = version;
            context.Response.ContentLength = null;
            await context.Response.WriteAsync(document.ToJsonString(), context.RequestAborted);
            return;
        }
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private HttpRequestMessage Ask(HttpRequest given)
    {
        var request = new HttpRequestMessage(new HttpMethod(given.Method), $"{given.PathBase}{given.Path}{given.QueryString}");
        if (given.ContentLength is > 0 || given.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(given.Body);
        foreach (var (name, values) in given.Headers.Where(h => !OfOneConnection.Contains(h.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, [.. values]))
                request.Content?.Headers.TryAddWithoutValidation(name, [.. values]);
        }
        if (TokenForMetrics is not null && given.Path == "/metrics" && given.Headers.Authorization.Count == 0)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {TokenForMetrics}");
        return request;
    }
}
