using Navi.Drills.Routing;
using Navi.Drills.Rules;
using Navi.Drills.Servers;
using Navi.Drills.Staging;
using Navi.Testing;

namespace Navi.Drills.GoLive;

/// <summary>Twelve ways in which a deployment is not ready, each really made.</summary>
/// <param name="production">What they are made in.</param>
/// <param name="arguments">The arguments of the healthy run.</param>
internal sealed class PlantedFaults(LocalProduction production, IReadOnlyDictionary<string, string> arguments)
{
    private const string Critical =
        """
        INSERT INTO navi.error_events (id, org_id, user_id, signature, error_type, severity, message, component, operation, environment, version, first_seen, last_seen, occurrences, samples)
        VALUES (gen_random_uuid(), 'acme', 'system', repeat('a', 64), 'Drill', 'critical', 'planted by the drill', 'drill', 'plant', 'Production', '0', now(), now(), 1, '[]')
        """;

    private static readonly IReadOnlyDictionary<string, string> Same = new Dictionary<string, string>();

    private IAsyncDisposable? other;

    public IReadOnlyList<PlantedFault> All =>
    [
        new("tls", "the certificate ends in 5 days", c => Done(production.ServeAsync(TimeSpan.FromDays(5), c)), c => production.ServeAsync(TimeSpan.FromDays(90), c)),
        new("domain", "callers use an address", _ => With("--url", arguments["--url"].Replace("localhost", "127.0.0.1", StringComparison.Ordinal)), _ => Task.CompletedTask),
        Sql("migrations", "a migration was applied in another form", "UPDATE public.navi_migrations SET checksum = 'x' || checksum WHERE number = 12", "UPDATE public.navi_migrations SET checksum = substr(checksum, 2) WHERE number = 12"),
        Sql("database-role", "the login bypasses row-level security", "ALTER ROLE navi_service BYPASSRLS", "ALTER ROLE navi_service NOBYPASSRLS"),
        new("database-backups", "the write-ahead log can't be archived", c => Done(BreakArchiveAsync(c)), MendArchiveAsync),
        new("database-slow-log", "slow statements are not logged", c => Done(SlowLogAsync("-1", c)), c => SlowLogAsync("500", c)),
        new("encryption", "an encrypted value is damaged", c => Done(DamageAsync(c)), c => production.SqlAsync("DELETE FROM navi.encrypted_tokens WHERE name = 'drill'", c)),
        new("models", "the model's provider is gone", c => Done(production.Model.KillAsync()), c => production.Model.RestartAsync(Scenarios.Quick(), c)),
        Sql("errors", "a critical error is open", Critical, "DELETE FROM navi.error_events WHERE component = 'drill'"),
        new("alerts", "Prometheus lacks a file of alerts", c => OtherPrometheusAsync(RuleFiles.Names.Where(n => !n.EndsWith("navi-models.yaml", StringComparison.Ordinal)), c), _ => EndOtherAsync()),
        new("alert-routes", "pages have no route of their own", OtherAlertmanagerAsync, _ => EndOtherAsync()),
        new("load", "the spike was not measured", c => Done(WriteDocumentsAsync(c), ("--documents", production.Place("documents"))), _ => Task.CompletedTask),
    ];

    private static async Task<IReadOnlyDictionary<string, string>> Done(Task planted, params IEnumerable<(string Name, string Value)> changes)
    {
        await planted;
        return changes.ToDictionary(c => c.Name, c => c.Value);
    }

    private static Task<IReadOnlyDictionary<string, string>> With(string name, string value) => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { [name] = value });

    private PlantedFault Sql(string item, string what, string plant, string mend) => new(item, what, async c =>
    {
        await production.SqlAsync(plant, c);
        return Same;
    }, c => production.SqlAsync(mend, c));

    private async Task BreakArchiveAsync(CancellationToken cancellation)
    {
        await production.SqlAsync("ALTER SYSTEM SET archive_command = 'false'", cancellation);
        await production.SqlAsync("SELECT pg_reload_conf()", cancellation);
        // A file of the log is archived when it is full, or left.
        await production.SqlAsync("SELECT pg_logical_emit_message(true, 'drill', 'plant'); SELECT pg_switch_wal()", cancellation);
        await Wait.UntilAsync(async () => await production.SqlAsync("SELECT last_failed_time > last_archived_time FROM pg_stat_archiver", cancellation) is true, () => "Archiving did not fail.");
    }

    private async Task MendArchiveAsync(CancellationToken cancellation)
    {
        await production.SqlAsync($"ALTER SYSTEM SET archive_command = 'test ! -f {production.Place("database")}/archive/%f && cp %p {production.Place("database")}/archive/%f'", cancellation);
        await production.SqlAsync("SELECT pg_reload_conf()", cancellation);
        await production.SqlAsync("SELECT pg_logical_emit_message(true, 'drill', 'mend'); SELECT pg_switch_wal()", cancellation);
        await Wait.UntilAsync(async () => await production.SqlAsync("SELECT last_archived_time > last_failed_time FROM pg_stat_archiver", cancellation) is true, () => "Archiving did not go on.");
    }

    private async Task SlowLogAsync(string milliseconds, CancellationToken cancellation)
    {
        await production.SqlAsync($"ALTER SYSTEM SET log_min_duration_statement = {milliseconds}", cancellation);
        await production.SqlAsync("SELECT pg_reload_conf()", cancellation);
    }

    private async Task DamageAsync(CancellationToken cancellation)
    {
        using var http = production.Client();
        using var answer = await http.PutAsync("v1/secrets/drill", new StringContent("""{"value":"a-secret-of-the-drill"}""", System.Text.Encoding.UTF8, "application/json"), cancellation);
        answer.EnsureSuccessStatusCode();
        await production.SqlAsync("UPDATE navi.encrypted_tokens SET envelope = decode('00', 'hex') WHERE name = 'drill'", cancellation);
    }

    private async Task<IReadOnlyDictionary<string, string>> OtherPrometheusAsync(IEnumerable<string> rules, CancellationToken cancellation)
    {
        var prometheus = await production.WatchAsync("other-prometheus", rules, cancellation);
        other = prometheus;
        await Wait.UntilAsync(async () => (await prometheus.QueryAsync("up{job=\"navi\"} == 1", cancellation)).Count == 1 && (await prometheus.QueryAsync("sum(rate(navi_model_calls_total[5m]))", cancellation)).Count == 1, () => "The other Prometheus does not see NAVI.");
        return await With("--prometheus", prometheus.Address.ToString());
    }

    private async Task<IReadOnlyDictionary<string, string>> OtherAlertmanagerAsync(CancellationToken cancellation)
    {
        var alertmanager = await AlertmanagerServer.StartAsync(production.Place("other-alertmanager"), production.Webhooks.Address, cancellation, tree => tree.Map("route").Items("routes").RemoveAt(0));
        other = alertmanager;
        return await With("--alertmanager", alertmanager.Address.ToString());
    }

    private async Task EndOtherAsync()
    {
        if (other is not null)
            await other.DisposeAsync();
        other = null;
    }

    private async Task WriteDocumentsAsync(CancellationToken cancellation)
    {
        var place = production.Place("documents");
        foreach (var file in new[] { "LOAD_TEST_RESULTS.md", "PERFORMANCE_BENCHMARKS.md" })
            await File.WriteAllTextAsync(Path.Combine(place, file), (await File.ReadAllTextAsync(Path.Combine(arguments["--documents"], file), cancellation)).Replace("<!-- measured: spike -->", "", StringComparison.Ordinal), cancellation);
    }
}
