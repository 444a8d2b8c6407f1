using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Telemetry.Metrics;
using Navi.Testing;

namespace Navi.Platform.Tests.Tasks;

/// <summary>Which tasks are counted among people's, and which waits are NAVI's.</summary>
public sealed class TaskProgressMetricsTests : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener listener = new();
    private readonly List<string> recorded = [];

    public TaskProgressMetricsTests()
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory))
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => recorded.Add(instrument.Name));
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => recorded.Add(instrument.Name));
        listener.Start();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAndFinish_OfAPersonsTask_AreCounted()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await RunAsync(platform, (await platform.CreateTaskAsync()).Id);
        Assert.Contains("navi_task_first_event_seconds", recorded);
        Assert.Contains("navi_tasks_total", recorded);
    }

    [Fact]
    public async Task StartAndFinish_OfTheProbe_AreNot()
    {
        await using var platform = await TestPlatform.CreateAsync();
        await RunAsync(platform, (await platform.CreateTaskAsync(user: ProbeTask.User)).Id);
        Assert.DoesNotContain("navi_task_first_event_seconds", recorded);
        Assert.DoesNotContain("navi_tasks_total", recorded);
    }

    [Fact]
    public async Task Start_OfATaskThatWasHeld_IsNoLateBeginning()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var task = await platform.CreateTaskAsync();
        var suspension = new TaskSuspension(platform.Database);
        await suspension.SuspendAsync(Scope.Of(task.OrgId), task.Id, "ada", Stop);
        await suspension.ResumeAsync(Scope.Of(task.OrgId), task.Id, "ada", Stop);
        await RunAsync(platform, task.Id);
        Assert.DoesNotContain("navi_task_first_event_seconds", recorded);
        Assert.Contains("navi_tasks_total", recorded);
    }

    public void Dispose()
    {
        listener.Dispose();
        services.Dispose();
    }

    private async Task RunAsync(TestPlatform platform, Guid task)
    {
        var progress = new TaskProgress(platform.Database, new NaviMeters(services.GetRequiredService<IMeterFactory>()), platform.Errors);
        await progress.StartAsync(task, Stop);
        await progress.FinishAsync(task, "completed", null, Stop);
    }
}
