using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Navi.Portable.Host.Invocation;

namespace Navi.Portable.Host.Timers;

/// <summary>Runs every timer of this process; at stop running firings end and no other begins.</summary>
internal sealed class TimerService(
    IReadOnlyList<TimerFunction> timers, TimerFirings firings, FunctionPipeline pipeline, IServiceScopeFactory scopes, DrainToken drain, TimeProvider time, ILogger<TimerService> logger)
    : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(timers.Select(t => Task.Run(() => new TimerLoop(t, firings, pipeline, scopes, drain, time, logger).RunAsync(stoppingToken), CancellationToken.None)));
}
