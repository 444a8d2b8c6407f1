using System.Text;
using Navi.Drills.Staging;

namespace Navi.Drills.GoLive.Faults;

/// <summary>What can be wrong with NAVI itself and what it works with.</summary>
internal static class ServiceFaults
{
    private const string Critical =
        """
        INSERT INTO navi.error_events (id, org_id, user_id, signature, error_type, severity, message, component, operation, environment, version, first_seen, last_seen, occurrences, samples)
        VALUES (gen_random_uuid(), 'acme', 'system', repeat('a', 64), 'Drill', 'critical', 'planted by the drill', 'drill', 'plant', 'Production', '0', now(), now(), 1, '[]')
        """;

    // What a process leaves every few seconds.
    private const string Straggler =
        """
        INSERT INTO navi.metric_instances (instance, sequence, gauges, seen_at) VALUES ('drill-straggler', 1, '[{"metric": "navi_build_info", "labels": ["0.0.1"], "value": 1}]', now())
        """;

    public static PlantedFault OpenError { get; } = PlantedFault.Sql("errors", "a critical error is open", @"1 critical groups are open: since .+: planted by the drill \(drill; .+\)", Critical, "DELETE FROM navi.error_events WHERE component = 'drill'");

    public static PlantedFault OldProcess { get; } = PlantedFault.Sql(
        "healthy", "a process of the release before still runs", @"several versions run: .*\b0\.0\.1\b.*", Straggler, "DELETE FROM navi.metric_instances WHERE instance = 'drill-straggler'");

    public static PlantedFault OldKey { get; } = PlantedFault.Sql(
        "signing-keys", "the signing key was not rotated for 400 days", "the key to sign is in use since [0-9-]+: its rotation stands still",
        "UPDATE navi.signing_keys SET active_from = active_from - interval '400 days' WHERE use = 'sign' AND active_from <= now()", "UPDATE navi.signing_keys SET active_from = active_from + interval '400 days' WHERE use = 'sign' AND active_from < now() - interval '300 days'");

    public static PlantedFault DamagedValue { get; } = new("encryption", "an encrypted value is damaged", @"1 values of navi\.encrypted_tokens\.envelope are not what NAVI encrypts", async (scene, cancellation) =>
    {
        using var http = scene.Production.Client();
        using var value = new StringContent("""{"value":"a-secret-of-the-drill"}""", Encoding.UTF8, "application/json");
        using var answer = await http.PutAsync("v1/secrets/drill", value, cancellation);
        answer.EnsureSuccessStatusCode();
        scene.Mend(() => scene.Production.Database.SqlAsync("DELETE FROM navi.encrypted_tokens WHERE name = 'drill'", CancellationToken.None));
        await scene.Production.Database.SqlAsync("UPDATE navi.encrypted_tokens SET envelope = decode('00', 'hex') WHERE name = 'drill'", cancellation);
    });

    public static PlantedFault NoProvider { get; } = new("models", "the model's provider is gone", @"main \(simulated-model\) does not answer: .+", async (scene, _) =>
    {
        scene.Mend(() => scene.Production.Model.RestartAsync(Scenarios.Quick(), CancellationToken.None));
        await scene.Production.Model.KillAsync();
    });

    public static PlantedFault NoRepository { get; } = new("smoke", "the probe's repository is gone", "task: .+", (scene, _) =>
    {
        // The run that fails may burn the budget of all runs that were seen, and page.
        scene.WatchAnew();
        var (there, away) = (scene.Production.ProbeRepository, $"{scene.Production.ProbeRepository}-away");
        Directory.Move(there, away);
        scene.Mend(() =>
        {
            Directory.Move(away, there);
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    });
}
