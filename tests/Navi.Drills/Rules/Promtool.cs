using Navi.Drills.Tools;

namespace Navi.Drills.Rules;

/// <summary>What Prometheus' own tool says of the rules.</summary>
internal static class Promtool
{
    /// <summary>Reads every rule as Prometheus would.</summary>
    public static Task<ToolResult> CheckRulesAsync(CancellationToken cancellation) => RunAsync(["check", "rules", "--lint-fatal", .. RuleFiles.Names], cancellation);

    /// <summary>Reads prometheus.yml; the files it names for credentials need not exist.</summary>
    public static Task<ToolResult> CheckConfigurationAsync(CancellationToken cancellation) => RunAsync(["check", "config", "--syntax-only", "prometheus.yml"], cancellation);

    /// <summary>Runs every unit test of the rules.</summary>
    public static Task<ToolResult> TestRulesAsync(CancellationToken cancellation) => RunAsync(["test", "rules", .. RuleTests.Files], cancellation);

    private static Task<ToolResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation) => Tool.RunAsync(RuleFiles.Directory, "promtool", arguments, cancellation);
}
