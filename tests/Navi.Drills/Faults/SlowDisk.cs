using Navi.Drills.Staging;

namespace Navi.Drills.Faults;

/// <summary>The disk of the workspaces takes long to flush: every NAVI that works there runs under strace, which delays its flushes and nothing else.</summary>
internal sealed class SlowDisk : IFault
{
    public string Name => "slow-disk";

    public string Injection => $"Every NAVI that is started with its workspaces on the first disk runs under `strace {SlowStart.Options}`, which delays each flush to the device by 0.9 s; NAVI is started again there.";

    public IReadOnlyList<string> Alerts => ["NaviDiskSlow"];

    public string Runbook => "performance-degradation";

    public IReadOnlyList<string> Also => ["disk-slow", "disk-full", "memory-high", "cpu-high"];

    public Task InjectAsync(Stage stage, CancellationToken cancellation)
    {
        stage.SlowStart.Begin();
        return stage.RestartAsync(cancellation);
    }

    public async Task RestoreAsync(Stage stage, CancellationToken cancellation)
    {
        stage.SlowStart.End();
        stage.WriteSettings();
        await stage.RestartAsync(cancellation);
    }
}
