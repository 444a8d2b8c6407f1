using Navi.Drills.Tools;

namespace Navi.Drills.Monitoring;

/// <summary>Prints one line for each part of a drill, and what a part that failed has to say.</summary>
internal sealed class DrillReport(TextWriter output)
{
    /// <summary>How many parts failed.</summary>
    public int Failures { get; private set; }

    public Task AddAsync(string part, ToolResult result) => AddAsync(part, result.ExitCode == 0 ? null : result.Output);

    /// <summary>As the other overload; the part is well when there is no problem.</summary>
    public async Task AddAsync(string part, string? problem)
    {
        await output.WriteLineAsync($"{(problem is null ? "ok    " : "FAILED")} {part}");
        if (problem is null)
            return;
        Failures++;
        await output.WriteLineAsync(problem);
    }

    /// <summary>Tells something that can't fail.</summary>
    public Task SayAsync(string what) => output.WriteLineAsync($"       {what}");
}
