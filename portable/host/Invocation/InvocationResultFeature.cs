using Microsoft.Azure.Functions.Worker;

namespace Navi.Portable.Host.Invocation;

internal sealed class InvocationResultFeature : IInvocationResultFeature
{
    public object? Result { get; set; }
}
