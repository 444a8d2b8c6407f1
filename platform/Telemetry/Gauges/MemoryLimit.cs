using System.Globalization;

namespace Navi.Platform.Telemetry.Gauges;

/// <summary>How much memory this process may have.</summary>
internal static class MemoryLimit
{
    // Version 2 of control groups, then version 1 (Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/memory.rst of Linux), as they look from inside a container.
    private static readonly string[] Files = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];

    /// <summary>
    /// Bytes: the container's limit where there is one, else the machine's memory. The runtime's own figure is not taken in a container: it is the heap's share of the limit, three quarters of it by default.
    /// </summary>
    public static double Bytes() => Of(Files, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Machine());

    /// <summary>The first limit that <paramref name="files"/> hold and that is below the machine's memory; else the machine's memory, or <paramref name="runtime"/> where that is not known.</summary>
    internal static double Of(IEnumerable<string> files, double runtime, double? machine)
    {
        foreach (var file in files)
        {
            // "max", or a number beyond all memory, means no limit.
            if (File.Exists(file) && double.TryParse(File.ReadAllText(file), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 && !(bytes >= machine) && (machine is not null || bytes < long.MaxValue / 2))
                return bytes;
        }
        return machine ?? runtime;
    }

    private static double? Machine()
    {
        const string File = "/proc/meminfo";
        if (!System.IO.File.Exists(File))
            return null;
        // "MemTotal:       24684436 kB"
        var line = System.IO.File.ReadLines(File).FirstOrDefault(l => l.StartsWith("MemTotal:", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..] ? double.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024 : null;
    }
}
