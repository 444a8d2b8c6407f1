using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Navi.Portable.Host.Functions;

namespace Navi.Portable.Host.Invocation;

/// <summary>Decides at start what every parameter of a function is filled from, so that a parameter nobody fills stops the start and not a request.</summary>
internal static class ParameterBinding
{
    /// <summary>The sources in order of the parameters; null, with sentences in <paramref name="problems"/>, when one can't be bound.</summary>
    /// <param name="function">The function.</param>
    /// <param name="dataNames">Names that the trigger puts in the binding data: route parameters, instanceId.</param>
    /// <param name="hasDurableClient">Whether a durable client is registered.</param>
    /// <param name="extra">Binds what only this trigger knows; null for a parameter that it does not know either.</param>
    /// <param name="problems">Gets a sentence for every parameter that nothing fills.</param>
    public static ArgumentSource[]? Sources(
        FunctionEntry function, IReadOnlySet<string> dataNames, bool hasDurableClient, Func<ParameterInfo, ArgumentSource?> extra, List<string> problems)
    {
        var sources = new List<ArgumentSource>();
        foreach (var parameter in function.Method.GetParameters())
        {
            if (Source(function, parameter, dataNames, hasDurableClient) is { } source)
                sources.Add(source);
            else if (extra(parameter) is { } special)
                sources.Add(special);
            else
                problems.Add($"Function {function.Described} has the parameter '{parameter.Name}' of type {parameter.ParameterType.Name}, which this host can't bind.");
        }
        return sources.Count == function.Method.GetParameters().Length ? [.. sources] : null;
    }

    private static ArgumentSource? Source(FunctionEntry function, ParameterInfo parameter, IReadOnlySet<string> dataNames, bool hasDurableClient)
    {
        // Not by reference: two hosts that start at once may be given two objects for one parameter.
        if (parameter.Position == function.TriggerParameter.Position)
            return context => context.TriggerValue;
        if (parameter.ParameterType == typeof(FunctionContext))
            return context => context;
        if (parameter.ParameterType == typeof(CancellationToken))
            return context => context.CancellationToken;
        if (parameter.GetCustomAttribute<DurableClientAttribute>() is not null)
            return hasDurableClient && parameter.ParameterType == typeof(DurableTaskClient)
                ? context => context.InstanceServices.GetRequiredService<DurableTaskClient>()
                : null;
        return dataNames.Contains(parameter.Name!) ? FromData(parameter) : null;
    }

    private static ArgumentSource? FromData(ParameterInfo parameter)
    {
        var name = parameter.Name!;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var missing = parameter.HasDefaultValue ? parameter.DefaultValue
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null;
        if (type == typeof(string))
            return context => context.BindingContext.BindingData.GetValueOrDefault(name)?.ToString() ?? missing;
        var converter = TypeDescriptor.GetConverter(type);
        if (!converter.CanConvertFrom(typeof(string)))
            return null;
        return context => context.BindingContext.BindingData.GetValueOrDefault(name)?.ToString() is { Length: > 0 } text
            ? converter.ConvertFromString(null, CultureInfo.InvariantCulture, text)
            : missing;
    }
}
