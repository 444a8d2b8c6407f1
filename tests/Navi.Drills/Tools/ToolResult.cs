namespace Navi.Drills.Tools;

/// <summary>A program that has ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed, both streams.</param>
internal sealed record ToolResult(int ExitCode, string Output);
