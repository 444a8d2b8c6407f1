using System.Diagnostics;
using Navi.Platform.Hosting;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Platform.Telemetry.Gauges;

/// <summary>Processor, memory and threads of this process, and which build it is.</summary>
internal sealed class ProcessGauges : IProcessGauges
{
    // It does not change while the process lives.
    private readonly double limit = MemoryLimit.Bytes();

    public IEnumerable<Sample> Read()
    {
        using var process = Process.GetCurrentProcess();
        return
        [
            new(MetricCatalogue.Cpu, process.TotalProcessorTime.TotalSeconds),
            new(MetricCatalogue.CpuCount, Environment.ProcessorCount),
            new(MetricCatalogue.Memory, process.WorkingSet64),
            new(MetricCatalogue.MemoryLimit, limit),
            new(MetricCatalogue.Heap, GC.GetTotalMemory(false)),
            new(MetricCatalogue.ThreadQueue, ThreadPool.PendingWorkItemCount),
            new(MetricCatalogue.StartTime, new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0),
            new(MetricCatalogue.BuildInfo, 1, NaviVersion.Text),
        ];
    }
}
