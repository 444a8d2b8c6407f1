using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Platform.Telemetry.Metrics;

namespace Navi.Agent.Workspace;

/// <summary>Free space and speed of the disk on which workspaces lie: a small file is written and flushed to the device every few seconds.</summary>
internal sealed partial class WorkspaceDiskGauges(IOptions<WorkspaceOptions> workspace, IOptions<TelemetryOptions> telemetry, TimeProvider time, ILogger<WorkspaceDiskGauges> logger) : BackgroundService, IProcessGauges
{
    private const int Bytes = 4096;
    private readonly string name = $".disk-probe-{Guid.NewGuid():n}";
    private double? seconds;
    private long startedAt;
    private bool failing;

    public IEnumerable<Sample> Read()
    {
        var samples = new List<Sample>();
        // A write that has not come back is at least as slow as it has taken so far.
        var running = Interlocked.Read(ref startedAt) is var began and not 0 ? time.GetElapsedTime(began).TotalSeconds : 0;
        if (seconds is { } last)
            samples.Add(new(MetricCatalogue.DiskWrite, Math.Max(last, running)));
        else if (running > 0)
            samples.Add(new(MetricCatalogue.DiskWrite, running));
        if (Directory.Exists(workspace.Value.Root))
            samples.Add(new(MetricCatalogue.DiskFree, new DriveInfo(workspace.Value.Root).AvailableFreeSpace));
        return samples;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not on the thread that starts the host: a stalled disk must not stall it.
        await Task.Yield();
        if (!telemetry.Value.Enabled)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(telemetry.Value.FlushSeconds), time);
        do
            Write();
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Write()
    {
        try
        {
            Directory.CreateDirectory(workspace.Value.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            // The root is known when the host has started, not when it is built.
            var file = Path.Combine(workspace.Value.Root, name);
            Interlocked.Exchange(ref startedAt, time.GetTimestamp());
            using (var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 1))
            {
                stream.Write(new byte[Bytes]);
                stream.Flush(flushToDisk: true);
            }
            seconds = time.GetElapsedTime(Interlocked.Read(ref startedAt)).TotalSeconds;
            File.Delete(file);
            failing = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No figure rather than an old one; readiness says that the disk can't be written.
            seconds = null;
            if (!failing)
                LogFailed(e);
            failing = true;
        }
        finally
        {
            Interlocked.Exchange(ref startedAt, 0);
        }
    }

    [LoggerMessage(1603, LogLevel.Warning, "The workspaces' disk could not be written.")]
    private partial void LogFailed(Exception exception);
}
