using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Navi.Portable.Host.Functions;

internal sealed class PortableFunctionDefinition : FunctionDefinition
{
    public PortableFunctionDefinition(string name, MethodInfo method, ParameterInfo trigger)
    {
        Name = name;
        Id = name;
        EntryPoint = $"{method.DeclaringType!.FullName}.{method.Name}";
        PathToAssembly = method.Module.Assembly.Location;
        Parameters = [.. method.GetParameters().Select(p => new FunctionParameter(p.Name!, p.ParameterType, p.HasDefaultValue, p.HasDefaultValue ? p.DefaultValue : null))];
        InputBindings = method.GetParameters()
            .Where(p => p == trigger || p.GetCustomAttribute<InputBindingAttribute>() is not null)
            .ToImmutableDictionary(p => p.Name!, BindingMetadata (p) => new PortableBindingMetadata(p.Name!, TypeOf(p), BindingDirection.In));
    }

    public override ImmutableArray<FunctionParameter> Parameters { get; }

    public override string PathToAssembly { get; }

    public override string EntryPoint { get; }

    public override string Id { get; }

    public override string Name { get; }

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = ImmutableDictionary<string, BindingMetadata>.Empty;

    // HttpTriggerAttribute is called httpTrigger in function metadata, and so on for every binding.
    private static string TypeOf(ParameterInfo parameter)
    {
        var name = parameter.GetCustomAttribute<BindingAttribute>()!.GetType().Name;
        name = name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
