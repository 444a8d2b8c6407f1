using System.Globalization;

namespace Navi.LoadTests.Watching;

/// <summary>Processor time and memory of processes, from Linux's /proc (proc(5)).</summary>
internal static class ProcessTimes
{
    // USER_HZ: what /proc counts in, 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds of processor that the process has used itself, and its children that have ended.</summary>
    public static (double Own, double Children) Of(int process) => Read(process) is { } fields
        ? ((fields[11] + fields[12]) / TicksPerSecond, (fields[13] + fields[14]) / TicksPerSecond)
        : throw new InvalidOperationException($"The process {process} has ended.");

    /// <summary>Seconds of processor of a process, its living children and those that have ended, such as PostgreSQL's backends.</summary>
    public static double OfFamily(int process)
    {
        var (own, ended) = Of(process);
        return own + ended + ChildrenOf(process).Select(Read).OfType<long[]>().Sum(All);
    }

    /// <summary>The children of a process.</summary>
    public static IEnumerable<int> ChildrenOf(int process) => Directory.EnumerateDirectories("/proc")
        .Select(d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Read(id) is { } fields && fields[1] == process ? id : 0).Where(id => id > 0);

    /// <summary>Seconds of a process of this name that has ended and waits to be let go, its children included; null for any other.</summary>
    public static double? Ended(int process, string name) => Text(process) is { } text && text.Contains($" {name} Z ", StringComparison.Ordinal) && Read(process) is { } fields ? All(fields) : null;

    /// <summary>Bytes of memory that the process occupies (VmRSS).</summary>
    public static long Memory(int process) => 1024 * long.Parse(
        File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static double All(long[] fields) => (fields[11] + fields[12] + fields[13] + fields[14]) / TicksPerSecond;

    // The numbers after the name, which may hold anything: state is index 0 (as 0), then ppid; utime, stime, cutime, cstime are 11 to 14.
    private static long[]? Read(int process) => Text(process) is { } text
        ? [.. text[(text.LastIndexOf(')') + 2)..].Split(' ').Take(15).Select((f, i) => i == 0 ? 0 : long.Parse(f, CultureInfo.InvariantCulture))] : null;

    private static string? Text(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return null;
        }
    }
}
