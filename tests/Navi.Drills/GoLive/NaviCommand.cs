using System.Diagnostics;
using Navi.Drills.Tools;

namespace Navi.Drills.GoLive;

/// <summary>The built <c>navi</c> with an environment of its own.</summary>
internal static class NaviCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    public static ProcessStartInfo Info(IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "navi.dll"), .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("NAVI_", StringComparison.Ordinal) || k.StartsWith("Navi__", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        return info;
    }

    /// <summary>Runs one to its end.</summary>
    /// <exception cref="TimeoutException">It did not end.</exception>
    public static async Task<ToolResult> RunAsync(IReadOnlyDictionary<string, string> environment, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(Info(environment, arguments))!;
        process.StandardInput.Close();
        return await Tool.EndAsync(process, Patience, cancellation);
    }
}
