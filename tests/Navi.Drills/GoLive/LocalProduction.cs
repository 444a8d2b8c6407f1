using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Navi.Drills.Routing;
using Navi.Drills.Servers;
using Navi.Drills.Staging;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.Drills.GoLive;

/// <summary>
/// What a deployment consists of, on this machine: <c>navi serve</c> in the environment Production behind TLS with a key file, a database with a login of its own whose log is archived, a simulated model,
/// a repository behind a URL for the probe, Prometheus, Alertmanager and what answers as Grafana does.
/// </summary>
internal sealed class LocalProduction : IAsyncDisposable
{
    private const string Organisation = "acme";

    private readonly string root = Directory.CreateTempSubdirectory("navi-golive-").FullName;
    private readonly int port = FreePort.Take();
    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly Stack<IAsyncDisposable> parts = new();
    private readonly Dictionary<string, string> environment = [];
    private ServingProcess? serving;

    private LocalProduction()
    {
    }

    public Uri Address => new($"https://localhost:{port}");

    /// <summary>An operator's.</summary>
    public string Token => token;

    /// <summary>Whose certificates are trusted.</summary>
    public Authority Authority { get; private set; } = null!;

    /// <summary>The directory that the probe clones.</summary>
    public string ProbeRepository => Path.Combine(root, "git", "probe");

    /// <summary>The machine has an address that is not its own alone.</summary>
    public bool HasNetwork => NetworkAddress.Find() is not null;

    public ProductionDatabase Database { get; private set; } = null!;

    public ModelServer Model { get; private set; } = null!;

    public PrometheusServer Prometheus { get; private set; } = null!;

    public AlertmanagerServer Alertmanager { get; private set; } = null!;

    public SimulatedGrafana Grafana { get; private set; } = null!;

    public WebhookReceiver Webhooks { get; private set; } = null!;

    /// <summary>Starts everything and waits until Prometheus sees NAVI and what it has done.</summary>
    public static async Task<LocalProduction> StartAsync(CancellationToken cancellation)
    {
        var production = new LocalProduction();
        try
        {
            await production.PrepareAsync(cancellation);
            return production;
        }
        catch
        {
            await production.DisposeAsync();
            throw;
        }
    }

    /// <summary>A directory of its own below the drill's.</summary>
    public string Place(string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;

    /// <summary>Runs <c>navi</c> as an operator at a machine that reaches NAVI and its database.</summary>
    public Task<Tools.ToolResult> NaviAsync(string[] arguments, CancellationToken cancellation) => NaviCommand.RunAsync(
        new Dictionary<string, string>
        {
            ["NAVI_TOKEN"] = token, ["NAVI_GRAFANA_TOKEN"] = Grafana.Token, ["NAVI_DATABASE"] = environment["Navi__Database__ConnectionString"], ["SSL_CERT_FILE"] = Authority.FileName, ["NAVI_HOME"] = Place("nobody"), ["NAVI_CONFIG_HOME"] = Place("nobody"), ["NO_COLOR"] = "1",
        }, arguments, cancellation);

    private async Task ServeAsync(CancellationToken cancellation)
    {
        (environment["Navi__Serve__Certificate"], environment["Navi__Serve__CertificateKey"]) = Authority.Issue("server", TimeSpan.FromDays(90));
        var log = Path.Combine(root, "serve.log");
        serving = ServingProcess.Start(environment, log);
        using var http = Client();
        await Wait.UntilAsync(async () =>
        {
            if (serving.HasExited)
                throw new InvalidOperationException($"navi serve ended: {await File.ReadAllTextAsync(log, cancellation)}");
            try
            {
                using var answer = await http.GetAsync("readyz", cancellation);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, () => $"navi serve is not ready: {File.ReadAllText(log)}");
    }

    /// <summary>A Prometheus that watches this NAVI as a plan says.</summary>
    public Task<PrometheusServer> WatchAsync(string place, PrometheusPlan plan, CancellationToken cancellation) =>
        PrometheusServer.StartAsync(Place(place), Address, token, "1s", plan.Write(Place($"{place}-rules")), Alertmanager.Address, cancellation, Authority.FileName, plan.Apply);

    /// <summary>Waits until a Prometheus has scraped so often that it has rates.</summary>
    public static Task WaitForRatesAsync(PrometheusServer prometheus, CancellationToken cancellation) => Wait.UntilAsync(
        async () => (await prometheus.QueryAsync("sum(rate(navi_http_requests_total[5m]))", cancellation)).Count == 1 && (await prometheus.RulesAsync(cancellation)).All(r => r.Health != "unknown"), () => "Prometheus does not see NAVI.");

    /// <summary>A client that asks as the operator.</summary>
    public HttpClient Client() => new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true }) { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    public async ValueTask DisposeAsync()
    {
        if (serving is not null)
            await serving.DisposeAsync();
        while (parts.TryPop(out var part))
            await part.DisposeAsync();
        Authority?.Dispose();
        if (Database is not null)
            await Database.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    private async Task PrepareAsync(CancellationToken cancellation)
    {
        // As root the database's server runs as another user, who must be able to pass through.
        File.SetUnixFileMode(root, File.GetUnixFileMode(root) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Authority = new Authority(Place("certificates"));
        Database = await ProductionDatabase.StartAsync(Place("database"), cancellation);
        Model = await ModelServer.StartAsync(Scenarios.Quick(), cancellation);
        parts.Push(Model);
        Place("git");
        Repositories.Python(ProbeRepository);
        var git = await GitHttpServer.StartAsync(Path.Combine(root, "git"));
        parts.Push(git);
        Configure($"{git.Address}/probe/.git");
        await ServeAsync(cancellation);
        Webhooks = await WebhookReceiver.StartAsync(cancellation);
        parts.Push(Webhooks);
        Alertmanager = await AlertmanagerServer.StartAsync(Place("alertmanager"), Webhooks.Address, cancellation);
        parts.Push(Alertmanager);
        Grafana = await SimulatedGrafana.StartAsync(cancellation);
        parts.Push(Grafana);
        Prometheus = await WatchAsync("prometheus", new PrometheusPlan(), cancellation);
        parts.Push(Prometheus);
        await UseAsync(cancellation);
    }

    private void Configure(string probe)
    {
        var keys = Place("keys");
        var key = Path.Combine(keys, "main");
        File.WriteAllText(key, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (var (name, value) in new[]
        {
            ("Environment", "Production"), ("Home", Place("home")), ("Database__ConnectionString", Database.ConnectionString), ("Encryption__KeyDirectory", keys), ("Encryption__KeyId", "main"),
            ("Identity__Tokens__0__Sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))), ("Identity__Tokens__0__User", "ada"), ("Identity__Tokens__0__Organisation", Organisation), ("Identity__Tokens__0__Roles__0", "admin"),
            ("Telemetry__Organisation", Organisation), ("Telemetry__FlushSeconds", "1"), ("Probe__Repository", probe), ("Serve__Urls", $"https://127.0.0.1:{port}"), ("Serve__DrainSeconds", "15"), ("Issuer__PublicUrl", Address.ToString().TrimEnd('/')),
            ("Models__Entries__0__Name", "main"), ("Models__Entries__0__Kind", "openai_compatible"), ("Models__Entries__0__Endpoint", $"{Model.Address}/v1"), ("Models__Entries__0__Model", "simulated-model"), ("Models__Entries__0__ApiKey", "some-key"),
            // Requests that a fault keeps waiting in the database wait until it is mended, however slow the machine is.
            ("Database__CommandTimeoutSeconds", "300"),
            ("Models__RetryDelay", "00:00:00.1"), ("Models__BreakDuration", "00:00:01"),
        })
            environment[$"Navi__{name}"] = value;
    }

    // What a week of staging leaves: a rotation, a probe, a question to the model, and a Prometheus that has seen them.
    private async Task UseAsync(CancellationToken cancellation)
    {
        using var http = Client();
        foreach (var path in new[] { "v1/keys/rotate-signing", "v1/probe", "v1/models/main/test" })
        {
            using var answer = await http.PostAsync(path, null, cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"POST /{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}");
        }
        await Wait.UntilAsync(async () => (await Prometheus.QueryAsync("sum(rate(navi_model_calls_total[5m]))", cancellation)).Count == 1 && (await Prometheus.QueryAsync("sum(navi_probe_runs_total)", cancellation)).Count == 1, () => "Prometheus does not see what NAVI has done.");
        await WaitForRatesAsync(Prometheus, cancellation);
    }
}
