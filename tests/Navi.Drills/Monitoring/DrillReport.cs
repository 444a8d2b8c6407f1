using Navi.Drills.Tools;

namespace Navi.Drills.Monitoring;

/// <summary>Prints one line for each part of a drill, and what a part that failed has to say.</summary>
internal sealed class DrillReport(TextWriter output)
{
    /// <summary>How many parts failed.</summary>
    public int Failures { get; private set; }

    public async Task AddAsync(string part, ToolResult result)
    {
        await output.WriteLineAsync($"{(result.ExitCode == 0 ? "ok    " : "FAILED")} {part}");
        if (result.ExitCode == 0)
            return;
        Failures++;
        await output.WriteLineAsync(result.Output);
    }
}
