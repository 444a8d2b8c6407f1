using System.Runtime.InteropServices;

namespace Navi.Measuring;

/// <summary>What figures were measured on.</summary>
internal static class Machine
{
    /// <summary>Operating system, processor and memory in one line.</summary>
    public static string Described { get; } =
        $"{RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}, {Processor()}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MB";

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor"
        : "unknown processor";
}
