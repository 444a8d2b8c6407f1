using System.Diagnostics;
using Navi.Platform.Telemetry.Export;
using Navi.Platform.Telemetry.Tracing;
using OpenTelemetry.Trace;

namespace Navi.Platform.Tests.Telemetry;

/// <summary>Which traces of tasks are sent.</summary>
public sealed class TaskSamplerTests
{
    private const int Tasks = 4_000;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.1, 0.07, 0.13)]
    [InlineData(0.5, 0.45, 0.55)]
    [InlineData(1, 1, 1)]
    public void ShouldSample_TasksOfOneHour_TakesTheShare(double share, double least, double most)
    {
        var sampler = new TaskSampler(share);
        var taken = Enumerable.Range(0, Tasks).Count(i => Takes(sampler, Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddYears(56).AddSeconds(i % 3600))));
        Assert.InRange(taken / (double)Tasks, least, most);
    }

    [Fact]
    public void ShouldSample_TheSameTask_AlwaysSaysTheSame()
    {
        var task = Guid.CreateVersion7();
        Assert.Single(Enumerable.Range(0, 50).Select(_ => Takes(new TaskSampler(0.5), task)).Distinct());
    }

    private static bool Takes(TaskSampler sampler, Guid task)
    {
        var parent = TaskTrace.ParentOf(task);
        return sampler.ShouldSample(new SamplingParameters(parent, parent.TraceId, "step", ActivityKind.Internal)).Decision == SamplingDecision.RecordAndSample;
    }
}
