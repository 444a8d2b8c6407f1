using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Navi.Portable.Host.Functions;

/// <summary>One [Function] method and the one trigger that starts it.</summary>
internal sealed class FunctionEntry(string name, MethodInfo method, TriggerKind kind, ParameterInfo triggerParameter, TriggerBindingAttribute trigger)
{
    public string Name { get; } = name;

    public MethodInfo Method { get; } = method;

    public TriggerKind Kind { get; } = kind;

    public ParameterInfo TriggerParameter { get; } = triggerParameter;

    public TriggerBindingAttribute Trigger { get; } = trigger;

    public FunctionDefinition Definition { get; } = new PortableFunctionDefinition(name, method, triggerParameter);

    /// <summary>What an exception or a log calls this function: its name and where it is written.</summary>
    public string Described => $"'{Name}' ({Method.DeclaringType!.FullName}.{Method.Name})";
}
