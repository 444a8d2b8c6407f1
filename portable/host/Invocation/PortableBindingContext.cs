using Microsoft.Azure.Functions.Worker;

namespace Navi.Portable.Host.Invocation;

internal sealed class PortableBindingContext(IReadOnlyDictionary<string, object?> data) : BindingContext
{
    public override IReadOnlyDictionary<string, object?> BindingData { get; } = data;
}
