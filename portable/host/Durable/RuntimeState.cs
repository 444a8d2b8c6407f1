using Navi.Platform.Hosting.Readiness;
using Navi.Portable.Durable;

namespace Navi.Portable.Host.Durable;

/// <summary>The portable runtime's word on itself.</summary>
internal sealed class RuntimeState(DurableWorkerState worker) : IRuntimeState
{
    public string? Problem => worker.IsWanted && !worker.IsAlive ? "The worker of this process does not run." : null;
}
