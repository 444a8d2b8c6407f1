using System.Net;
using System.Net.Http.Headers;
using Navi.Drills.Staging;
using Npgsql;

namespace Navi.Drills.Faults;

/// <summary>NAVI's own signing keys have reached their end while the timer that follows them up does not run, a program's token is refused, and a provider accepts the configured key no more.</summary>
internal sealed class KeyExpired : IFault
{
    public string Name => "key-expired";

    public string Injection => "In the database every signing key's end is set into the past and the timer `KeepSigningKeys` is held up by a firing that lies in the future; a program asks with a token that is good no more; the provider behind `main` accepts another key only.";

    public IReadOnlyList<string> Alerts => ["NaviSigningKeyExpiring", "NaviModelProviderFailing"];

    public string Runbook => "auth-issues";

    public IReadOnlyList<string> Also => ["signing-key-expiring", "auth-failures"];

    public async Task InjectAsync(Stage stage, CancellationToken cancellation)
    {
        await using (var connection = new NpgsqlConnection(stage.Database))
        {
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand(
                """
                UPDATE navi.signing_keys SET active_from = now() - interval '40 days', retired_at = now() - interval '2 days', expires_at = now() - interval '1 hour';
                INSERT INTO durable.timer_firings (name, occurrence) VALUES ('KeepSigningKeys', now() + interval '10 years');
                """, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        await AskRefusedAsync(stage, cancellation);
        await stage.Main.SetAsync(Scenarios.WithKey("second-key"), cancellation);
    }

    public async Task RestoreAsync(Stage stage, CancellationToken cancellation)
    {
        await stage.Main.SetAsync(Scenarios.Quick(), cancellation);
        stage.WriteSettings();
        await stage.RestartAsync(cancellation);
    }

    private static async Task AskRefusedAsync(Stage stage, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = stage.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "signed-by-a-key-of-the-past");
        using var answer = await http.GetAsync("/v1/tasks?limit=5", cancellation);
        if (answer.StatusCode != HttpStatusCode.Unauthorized)
            throw new InvalidOperationException($"A token that nobody knows is answered {(int)answer.StatusCode}.");
    }
}
