using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Navi.Testing;
using Navi.Testing.Running;

namespace Navi.Drills.Monitoring;

/// <summary>
/// What people and programs do to a NAVI in a day, in a few seconds: tasks that end in every way, decisions, refused and misspelt requests, telemetry, and a database that goes away.
/// Panels about faults must show something because these faults happen, not because a query invents a zero.
/// </summary>
internal sealed class Load(WatchedNavi navi)
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(2);
    private readonly HttpClient http = navi.Service.Http;
    private readonly string repository = Repositories.Python(navi.Installation.Place("repository"));

    /// <summary>One round. Counters need two, with a scrape between them, before they have a rate.</summary>
    public async Task RoundAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(
            CompletedAsync("main", "add notes"), CompletedAsync("main", "add a note"), CompletedAsync("rules", "rename add_numbers to sum_numbers"),
            RejectedAsync(), CancelledAsync(), EndedAsync("broken", "add notes"), EndedAsync("rules", "write a poem"), RequestsAsync(cancellation), TelemetryAsync(cancellation), ProbeAsync(cancellation));
        await Outage.DuringAsync(navi.Installation.Home, () => AskForAsync(Away, cancellation), cancellation);
        await Wait.UntilAsync(async () => (await http.GetAsync("/readyz", cancellation)).IsSuccessStatusCode, () => "NAVI did not come back after the outage of its database");
    }

    private async Task CompletedAsync(string provider, string task)
    {
        var id = await CreateAsync(provider, task);
        await DecideAsync(id, "approve");
        await navi.Service.FinishedAsync(id);
    }

    private async Task RejectedAsync()
    {
        var id = await CreateAsync("rules", "rename add_numbers to plus");
        await DecideAsync(id, "reject");
        await navi.Service.FinishedAsync(id);
    }

    private async Task CancelledAsync()
    {
        var id = await CreateAsync("rules", "rename add_numbers to minus");
        await navi.Service.PendingAsync(id);
        using var _ = await http.PostAsync($"/v1/tasks/{id}/cancel", null);
        await navi.Service.FinishedAsync(id);
    }

    private async Task EndedAsync(string provider, string task) => await navi.Service.FinishedAsync(await CreateAsync(provider, task));

    private async Task DecideAsync(Guid task, string decision)
    {
        using var response = await navi.Service.DecideAsync(await navi.Service.PendingAsync(task), decision, decision == "reject" ? "not like this" : null);
        response.EnsureSuccessStatusCode();
    }

    private async Task<Guid> CreateAsync(string provider, string task)
    {
        using var response = await http.PostAsJsonAsync("/v1/tasks", new { repository, task, provider });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private async Task RequestsAsync(CancellationToken cancellation)
    {
        for (var i = 0; i < 30; i++)
        {
            using var list = await http.GetAsync("/v1/tasks", cancellation);
            using var unknown = await http.GetAsync($"/v1/tasks/{Guid.NewGuid()}", cancellation);
            using var misspelt = await http.GetAsync("/v1/tasks?statsu=running", cancellation);
            using var stranger = new HttpRequestMessage(HttpMethod.Get, new Uri(http.BaseAddress!, "/v1/tasks")) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", "of-a-stranger") } };
            using var refused = await http.SendAsync(stranger, cancellation);
        }
    }

    // One batch that is taken and one that is not.
    private async Task TelemetryAsync(CancellationToken cancellation)
    {
        using var taken = await http.PostAsJsonAsync("/v1/telemetry", new { events = new[] { new { id = Guid.CreateVersion7(), type = "command", name = "run", source = "cli" } } }, cancellation);
        using var refused = await http.PostAsJsonAsync("/v1/telemetry", new { events = new[] { new { id = "no id" } } }, cancellation);
        taken.EnsureSuccessStatusCode();
    }

    private async Task ProbeAsync(CancellationToken cancellation)
    {
        using var probe = await http.PostAsync("/v1/probe", null, cancellation);
        probe.EnsureSuccessStatusCode();
    }

    private async Task AskForAsync(TimeSpan time, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(time);
        while (!limit.IsCancellationRequested)
        {
            try
            {
                using var response = await http.GetAsync("/v1/tasks", limit.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
