using Microsoft.Azure.Functions.Worker;

namespace Navi.Portable.Host.Invocation;

/// <summary>This host does not retry functions by itself; activities are retried by their orchestrator's policy.</summary>
internal sealed class PortableRetryContext : RetryContext
{
    public override int RetryCount => 0;

    public override int MaxRetryCount => 0;
}
