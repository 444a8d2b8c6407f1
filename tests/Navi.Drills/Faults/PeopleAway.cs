using System.Net.Http.Json;
using System.Text.Json;
using Navi.Drills.Staging;
using Navi.Testing;

namespace Navi.Drills.Faults;

/// <summary>Tasks wait for people, and an effect is in doubt, since <see cref="ProcessGone"/> where that was drilled before. Beyond the five: its runbooks' commands need it.</summary>
internal sealed class PeopleAway : IFault
{
    private const int Waiting = 3;

    public string Name => "people-away";

    public string Injection => $"{Waiting} tasks wait for a review that nobody makes; of one command nobody knows whether it happened, since NAVI was killed.";

    public IReadOnlyList<string> Alerts => [];

    // The gauge counts seven days.
    public IReadOnlyList<string> Lasting => ["NaviEffectsInDoubt"];

    public string Runbook => "effects-in-doubt";

    public IReadOnlyList<string> Also => ["checkpoints-piled-up", "metrics-absent", "probe-silent", "probe-burn"];

    public async Task InjectAsync(Stage stage, CancellationToken cancellation)
    {
        if (await stage.Watch.Prometheus.QueryAsync("max(navi_effects_in_doubt)", cancellation) is not [{ Value: > 0 }])
        {
            await InterruptedEffect.MakeAsync(stage, cancellation);
            await InterruptedEffect.LeaveAsync(stage, cancellation);
        }
        using var http = stage.Client();
        for (var i = 0; i < Waiting; i++)
            (await http.PostAsJsonAsync("/v1/tasks", new { repository = stage.Repository, task = $"rename add_numbers to sum_{i}", provider = "rules" }, cancellation)).EnsureSuccessStatusCode();
        await Wait.UntilAsync(
            async () => (await http.GetFromJsonAsync<JsonElement>("/v1/checkpoints?status=pending", cancellation)).GetProperty("items").GetArrayLength() >= Waiting && await stage.Watch.Prometheus.QueryAsync("max(navi_effects_in_doubt)", cancellation) is [{ Value: 1 }],
            () => "The tasks do not wait, or no effect is in doubt.");
    }

    public Task RestoreAsync(Stage stage, CancellationToken cancellation) => Task.CompletedTask;
}
