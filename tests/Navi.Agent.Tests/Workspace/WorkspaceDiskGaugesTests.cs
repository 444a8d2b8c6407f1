using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Navi.Agent.Workspace;
using Navi.Platform.Telemetry;
using Navi.Platform.Telemetry.Catalogue;
using Navi.Testing;

namespace Navi.Agent.Tests.Workspace;

/// <summary>The disk that is measured is the one on which the workspaces lie.</summary>
public sealed class WorkspaceDiskGaugesTests
{
    [Fact]
    public async Task Read_AfterStart_TellsOfTheWorkspacesDiskAndLeavesNoFile()
    {
        var root = Path.Combine(Directory.CreateTempSubdirectory("navi-disk-").FullName, "workspaces");
        using var gauges = Make(root, new TelemetryOptions());
        await gauges.StartAsync(TestContext.Current.CancellationToken);
        await Wait.UntilAsync(() => Task.FromResult(gauges.Read().Any(s => s.Metric == MetricCatalogue.DiskWrite && s.Value > 0) && Directory.GetFiles(root).Length == 0), () => "nothing was written and flushed");
        Assert.Contains(gauges.Read(), s => s.Metric == MetricCatalogue.DiskFree && s.Value > 0);
        await gauges.StopAsync(TestContext.Current.CancellationToken);
        Directory.Delete(Path.GetDirectoryName(root)!, recursive: true);
    }

    [Fact]
    public async Task Start_TelemetryOff_WritesNothing()
    {
        var root = Path.Combine(Path.GetTempPath(), $"navi-disk-{Guid.NewGuid():n}");
        using var gauges = Make(root, new TelemetryOptions { Enabled = false });
        await gauges.StartAsync(TestContext.Current.CancellationToken);
        await gauges.ExecuteTask!.WaitAsync(Wait.Patience, TestContext.Current.CancellationToken);
        Assert.False(Directory.Exists(root));
        Assert.Empty(gauges.Read());
    }

    private static WorkspaceDiskGauges Make(string root, TelemetryOptions telemetry) => new(
        Options.Create(new WorkspaceOptions { Root = root }), Options.Create(telemetry), TimeProvider.System, NullLogger<WorkspaceDiskGauges>.Instance);
}
