using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Navi.Testing;

namespace Navi.Drills.Staging;

/// <summary>An effect that nobody can tell the end of: NAVI is killed in the middle of a command that must not run twice.</summary>
internal static class InterruptedEffect
{
    /// <summary>Lets NAVI run such a command and kills it; it stays dead, with settings that <see cref="Stage.WriteSettings"/> takes back.</summary>
    public static async Task MakeAsync(Stage stage, CancellationToken cancellation)
    {
        await stage.Backup.SetAsync(Scenarios.Command("sleep 300"), cancellation);
        // Without bubblewrap a command is one that nobody can take back.
        stage.WriteSettings(("Navi__Sandbox__Bubblewrap", "/nonexistent/bwrap"), ("Navi__Sandbox__AllowUnsandboxed", "true"));
        await stage.RestartAsync(cancellation);
        using var http = stage.Client();
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

    /// <summary>Settings and model as before, and NAVI is started.</summary>
    public static async Task LeaveAsync(Stage stage, CancellationToken cancellation)
    {
        await stage.Backup.SetAsync(Scenarios.Quick(), cancellation);
        stage.WriteSettings();
        await stage.RestartAsync(cancellation);
    }
}
