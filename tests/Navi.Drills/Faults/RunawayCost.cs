using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Navi.Drills.Staging;

namespace Navi.Drills.Faults;

/// <summary>A service client of the organisation hands over one expensive task after the other.</summary>
internal sealed class RunawayCost : IFault, IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private Task running = Task.CompletedTask;

    public string Name => "runaway-cost";

    public string Injection => "A service client named `nightly` hands over a task every half second to the model `backup`, whose answers cost about a dollar for each task. The target is 40 USD a day.";

    public IReadOnlyList<string> Alerts => ["NaviModelCostHigh"];

    public string Runbook => "high-llm-costs";

    public IReadOnlyList<string> Also => ["model-cost-high"];

    public async Task InjectAsync(Stage stage, CancellationToken cancellation)
    {
        await stage.Backup.SetAsync(Scenarios.Costly(), cancellation);
        var made = await stage.Shell.RunAsync("navi token create nightly --role caller --json", cancellation);
        if (made.ExitCode != 0)
            throw new InvalidOperationException($"No service client could be made: {made.Output}");
        var client = JsonElement.Parse(made.Output);
        var (id, secret) = (client.GetProperty("client_id").GetString()!, client.GetProperty("client_secret").GetString()!);
        running = Task.Run(() => HandOverAsync(stage, id, secret), CancellationToken.None);
    }

    public Task RestoreAsync(Stage stage, CancellationToken cancellation) => stage.Backup.SetAsync(Scenarios.Quick(), cancellation);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
    }

    // As a script of somebody's CI does: it never looks at what it is told, but for its token.
    private async Task HandOverAsync(Stage stage, string id, string secret)
    {
        using var http = new HttpClient { BaseAddress = stage.Address };
        while (!ending.IsCancellationRequested)
        {
            try
            {
                if (http.DefaultRequestHeaders.Authorization is null)
                    http.DefaultRequestHeaders.Authorization = await TokenAsync(http, id, secret);
                using var response = await http.PostAsJsonAsync("/v1/tasks", new { repository = stage.Repository, task = "improve everything", provider = "backup" }, ending.Token);
                if (response.StatusCode == HttpStatusCode.Unauthorized)
                    http.DefaultRequestHeaders.Authorization = null;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                // It asks again.
            }
            await Task.WhenAny(Task.Delay(500, CancellationToken.None), Task.Delay(Timeout.Infinite, ending.Token));
        }
    }

    private async Task<AuthenticationHeaderValue?> TokenAsync(HttpClient http, string id, string secret)
    {
        using var response = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret, ["scope"] = "navi",
        }), ending.Token);
        return response.IsSuccessStatusCode
            ? new AuthenticationHeaderValue("Bearer", (await response.Content.ReadFromJsonAsync<JsonElement>(ending.Token)).GetProperty("access_token").GetString())
            : null;
    }
}
