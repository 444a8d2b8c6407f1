using Navi.Drills.Rules;
using Navi.Drills.Tools;

namespace Navi.Drills.Monitoring;

/// <summary><c>navi drill monitoring</c>: what watches NAVI, tried out.</summary>
internal static class MonitoringDrill
{
    /// <summary>Runs it and prints a line for each part; 1 when a part failed.</summary>
    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellation)
    {
        var failed = 0;
        await ReportAsync($"{RuleFiles.Rules.Count} rules in {RuleFiles.Names.Count} files, {RuleFiles.Alerts.Count} of them alerts", await Promtool.CheckRulesAsync(cancellation));
        await ReportAsync("prometheus.yml", await Promtool.CheckConfigurationAsync(cancellation));
        return failed == 0 ? 0 : 1;

        async Task ReportAsync(string what, ToolResult result)
        {
            await output.WriteLineAsync($"{(result.ExitCode == 0 ? "ok    " : "FAILED")} {what}");
            if (result.ExitCode == 0)
                return;
            failed++;
            await output.WriteLineAsync(result.Output);
        }
    }
}
