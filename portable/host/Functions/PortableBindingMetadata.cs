using Microsoft.Azure.Functions.Worker;

namespace Navi.Portable.Host.Functions;

internal sealed class PortableBindingMetadata(string name, string type, BindingDirection direction) : BindingMetadata
{
    public override string Name { get; } = name;

    public override string Type { get; } = type;

    public override BindingDirection Direction { get; } = direction;
}
