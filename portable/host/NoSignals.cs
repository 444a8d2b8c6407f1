using Microsoft.Extensions.Hosting;

namespace Navi.Portable.Host;

/// <summary>Leaves the process's signals alone.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
