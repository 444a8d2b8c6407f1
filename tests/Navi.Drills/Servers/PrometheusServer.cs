using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Navi.Drills.Rules;
using Navi.Drills.Staging;

namespace Navi.Drills.Servers;

/// <summary>A real Prometheus with our own prometheus.yml and rules. Only addresses, the token's place and the interval of scraping differ.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly ServerProcess process;
    private readonly HttpClient http;

    private PrometheusServer(ServerProcess process)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(1) };
    }

    public Uri Address => process.Address;

    /// <summary>Starts it in <paramref name="directory"/> and lets it scrape <paramref name="navi"/> every <paramref name="interval"/>.</summary>
    /// <param name="directory">For its configuration and data.</param>
    /// <param name="navi">Address of NAVI.</param>
    /// <param name="token">A token that may read /metrics.</param>
    /// <param name="interval">How often it scrapes and evaluates, such as <c>1s</c>.</param>
    /// <param name="rules">Files of rules in place of ours; null for ours.</param>
    /// <param name="alertmanager">Address of Alertmanager; null for none.</param>
    /// <param name="cancellation">Ends the wait for its start.</param>
    /// <param name="authority">File of the authority that NAVI's certificate is of, when its address is https.</param>
    /// <param name="change">Breaks the configuration on purpose.</param>
    public static async Task<PrometheusServer> StartAsync(
        string directory, Uri navi, string token, string interval, IEnumerable<string>? rules, Uri? alertmanager, CancellationToken cancellation, string? authority = null, Action<Dictionary<object, object>>? change = null)
    {
        var tree = YamlTree.Parse(await File.ReadAllTextAsync(Path.Combine(RuleFiles.Directory, "prometheus.yml"), cancellation));
        (tree.Map("global")["scrape_interval"], tree.Map("global")["evaluation_interval"]) = (interval, interval);
        tree["rule_files"] = (rules ?? RuleFiles.Names.Select(n => Path.Combine(RuleFiles.Directory, n))).ToList();
        var scrape = (Dictionary<object, object>)tree.Items("scrape_configs").Single();
        var tokenFile = Path.Combine(directory, "navi-token");
        await File.WriteAllTextAsync(tokenFile, token, cancellation);
        scrape.Map("authorization")["credentials_file"] = tokenFile;
        scrape["static_configs"] = Target(navi);
        scrape["scheme"] = navi.Scheme;
        if (authority is not null)
            scrape["tls_config"] = new Dictionary<object, object> { ["ca_file"] = authority };
        if (alertmanager is null)
            tree.Remove("alerting");
        else
            ((Dictionary<object, object>)tree.Map("alerting").Items("alertmanagers").Single())["static_configs"] = Target(alertmanager);
        change?.Invoke(tree);
        var file = Path.Combine(directory, "prometheus.yml");
        YamlTree.Write(file, tree);
        return new PrometheusServer(await ServerProcess.StartAsync(
            "prometheus", [
                $"--config.file={file}", $"--storage.tsdb.path={Path.Combine(directory, "prometheus")}",
                // How often a firing alert is told to Alertmanager again: a minute, shortened like Alertmanager's durations, which otherwise takes it for resolved.
                $"--rules.alert.resend-delay={60_000 / ShortDurations.Factor}ms"],
            cancellation));
    }

    /// <summary>Starts one that scrapes nothing and takes what is sent to its <c>/api/v1/write</c>.</summary>
    public static async Task<PrometheusServer> StartReceiverAsync(string directory, CancellationToken cancellation)
    {
        var file = Path.Combine(directory, "receiver.yml");
        await File.WriteAllTextAsync(file, "{}", cancellation);
        return new PrometheusServer(await ServerProcess.StartAsync(
            "prometheus", [$"--config.file={file}", $"--storage.tsdb.path={Path.Combine(directory, "received")}", "--web.enable-remote-write-receiver"], cancellation));
    }

    /// <summary>Names of all series that begin with <c>navi_</c>, those of recording rules not among them.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation) =>
        [.. (await AskAsync($"/api/v1/label/__name__/values?match[]={Uri.EscapeDataString("""{__name__=~"navi_[a-z0-9_]+"}""")}", cancellation)).EnumerateArray().Select(n => n.GetString()!)];

    /// <summary>The values of a query now: each series' labels and value.</summary>
    /// <exception cref="InvalidOperationException">Prometheus refuses the query; the message is its own.</exception>
    public async Task<IReadOnlyList<(JsonElement Labels, double Value)>> QueryAsync(string query, CancellationToken cancellation) =>
        [.. Series(await AskAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", cancellation)).Select(s => (s.GetProperty("metric"), Number(s.GetProperty("value"))))];

    /// <summary>How many finite values a query has between two moments.</summary>
    /// <exception cref="InvalidOperationException">Prometheus refuses the query; the message is its own.</exception>
    public async Task<int> CountValuesAsync(string query, DateTimeOffset from, DateTimeOffset until, TimeSpan step, CancellationToken cancellation)
    {
        var answer = await AskAsync(string.Create(
            CultureInfo.InvariantCulture, $"/api/v1/query_range?query={Uri.EscapeDataString(query)}&start={from.ToUnixTimeSeconds()}&end={until.ToUnixTimeSeconds()}&step={step.TotalSeconds}"), cancellation);
        return Series(answer).Sum(s => s.GetProperty("values").EnumerateArray().Count(v => double.IsFinite(Number(v))));
    }

    /// <summary>Every rule that it has loaded: name, health and last error.</summary>
    public async Task<IReadOnlyList<(string Name, string Health, string? Error)>> RulesAsync(CancellationToken cancellation) =>
        [.. (await AskAsync("/api/v1/rules", cancellation)).GetProperty("groups").EnumerateArray().SelectMany(g => g.GetProperty("rules").EnumerateArray())
            .Select(r => (r.GetProperty("name").GetString()!, r.GetProperty("health").GetString()!, r.TryGetProperty("lastError", out var error) ? error.GetString() : null))];

    /// <summary>Alerts that fire now, each name once.</summary>
    public async Task<IReadOnlyList<string>> FiringAsync(CancellationToken cancellation) =>
        [.. (await AskAsync("/api/v1/alerts", cancellation)).GetProperty("alerts").EnumerateArray().Where(a => a.GetProperty("state").GetString() == "firing")
            .Select(a => a.GetProperty("labels").GetProperty("alertname").GetString()!).Distinct().Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
    }

    private static List<object> Target(Uri address) => [new Dictionary<object, object> { ["targets"] = new List<object> { address.Authority } }];

    private static IEnumerable<JsonElement> Series(JsonElement data) => data.GetProperty("result").EnumerateArray();

    private static double Number(JsonElement pair) => double.Parse(pair[1].GetString()! switch { "+Inf" => "Infinity", "-Inf" => "-Infinity", var other => other }, CultureInfo.InvariantCulture);

    private async Task<JsonElement> AskAsync(string path, CancellationToken cancellation)
    {
        using var response = await http.GetAsync(path, cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return answer.GetProperty("status").GetString() == "success" ? answer.GetProperty("data") : throw new InvalidOperationException(answer.GetProperty("error").GetString());
    }
}
