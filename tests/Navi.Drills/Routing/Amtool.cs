using Navi.Drills.Rules;
using Navi.Drills.Tools;

namespace Navi.Drills.Routing;

/// <summary>What Alertmanager's own tool says of the routes.</summary>
internal static class Amtool
{
    /// <summary>Who is told of which severity.</summary>
    public static IReadOnlyDictionary<string, string> Receivers { get; } = new Dictionary<string, string> { ["page"] = "pagerduty", ["ticket"] = "slack" };

    /// <summary>Every alert with every severity it has.</summary>
    public static IReadOnlyList<(string Alert, string Severity)> Routes { get; } = [.. RuleFiles.Alerts.Select(a => (a.Alert!, a.Severity)).Distinct()];

    /// <summary>Reads our configuration as Alertmanager would.</summary>
    public static Task<ToolResult> CheckConfigurationAsync(CancellationToken cancellation) => RunAsync(["check-config", AlertmanagerServer.Configuration], cancellation);

    /// <summary>Asks where each alert of each severity goes; the output names those that go elsewhere.</summary>
    public static async Task<ToolResult> TestRoutesAsync(CancellationToken cancellation)
    {
        var wrong = new List<string>();
        foreach (var (alert, severity) in Routes)
        {
            var result = await RunAsync(["config", "routes", "test", $"--config.file={AlertmanagerServer.Configuration}", $"--verify.receivers={Receivers[severity]}", $"alertname={alert}", $"severity={severity}"], cancellation);
            if (result.ExitCode != 0)
                wrong.Add($"{alert} {severity}: {result.Output}");
        }
        return new ToolResult(wrong.Count == 0 ? 0 : 1, string.Join('\n', wrong));
    }

    private static Task<ToolResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation) => Tool.RunAsync(RuleFiles.Directory, "amtool", arguments, cancellation);
}
