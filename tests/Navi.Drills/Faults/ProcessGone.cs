using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Navi.Drills.Staging;
using Navi.Testing;

namespace Navi.Drills.Faults;

/// <summary>NAVI's process is killed in the middle of a command that must not run twice. Beyond the five: its runbooks' commands need it.</summary>
internal sealed class ProcessGone : IFault
{
    public string Name => "process-gone";

    public string Injection => "NAVI runs a command outside the sandbox for a task, and its process is ended by `kill -9`.";

    public IReadOnlyList<string> Alerts => ["NaviDown"];

    public string Runbook => "down";

    public IReadOnlyList<string> Also => [];

    public async Task InjectAsync(Stage stage, CancellationToken cancellation)
    {
        await stage.Backup.SetAsync(Scenarios.Command("sleep 300"), cancellation);
        // Without bubblewrap a command is one that nobody can take back.
        stage.WriteSettings(("Navi__Sandbox__Bubblewrap", "/nonexistent/bwrap"), ("Navi__Sandbox__AllowUnsandboxed", "true"));
        await stage.RestartAsync(cancellation);
        using var http = new HttpClient { BaseAddress = stage.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stage.Token);
        using var made = await http.PostAsJsonAsync("/v1/tasks", new { repository = stage.Repository, task = "wait", provider = "backup", pre_approve = true }, cancellation);
        var task = (await made.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("id").GetString();
        await Wait.UntilAsync(
            async () => (await http.GetFromJsonAsync<JsonElement>($"/v1/tasks/{task}", cancellation)).GetProperty("calls").EnumerateArray().Any(c => c.GetProperty("tool").GetString() == "run_command" && c.GetProperty("status").GetString() == "started"),
            () => "The command was not started.");
        foreach (var process in stage.Processes())
        {
            using var kill = Process.Start("kill", ["-KILL", process.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(cancellation);
        }
    }

    public async Task RestoreAsync(Stage stage, CancellationToken cancellation)
    {
        await stage.Backup.SetAsync(Scenarios.Quick(), cancellation);
        stage.WriteSettings();
        await stage.RestartAsync(cancellation);
    }
}
