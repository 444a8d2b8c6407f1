using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Navi.Portable.Host.Functions;

/// <summary>Finds functions the way the Functions host's metadata does: by the methods that carry [Function] and a trigger, never by class.</summary>
internal static class FunctionCatalog
{
    private const BindingFlags Searched = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<FunctionEntry> Find(IEnumerable<Type> types, List<string> problems)
    {
        var found = new List<FunctionEntry>();
        foreach (var method in types.Where(t => t.IsClass && !t.ContainsGenericParameters).SelectMany(t => t.GetMethods(Searched)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is { } function && Read(function.Name, method, problems) is { } entry)
                found.Add(entry);
        }
        foreach (var same in found.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            problems.Add($"Two functions share the name '{same.Key}': {string.Join(" and ", same.Select(f => f.Described))}.");
        return [.. found.OrderBy(f => f.Name, StringComparer.Ordinal)];
    }

    private static FunctionEntry? Read(string name, MethodInfo method, List<string> problems)
    {
        var where = $"Function '{name}' ({method.DeclaringType!.FullName}.{method.Name})";
        if (method.DeclaringType.IsAbstract && !method.IsStatic)
        {
            problems.Add($"{where} is an instance method of an abstract class.");
            return null;
        }
        var triggers = method.GetParameters()
            .Select(p => (Parameter: p, Attribute: p.GetCustomAttribute<TriggerBindingAttribute>()))
            .Where(t => t.Attribute is not null)
            .ToList();
        if (triggers.Count != 1)
        {
            problems.Add($"{where} has {triggers.Count} triggers; a function has exactly one.");
            return null;
        }
        var (parameter, attribute) = triggers[0];
        TriggerKind? kind = attribute switch
        {
            HttpTriggerAttribute => TriggerKind.Http,
            TimerTriggerAttribute => TriggerKind.Timer,
            OrchestrationTriggerAttribute => TriggerKind.Orchestration,
            ActivityTriggerAttribute => TriggerKind.Activity,
            _ => null,
        };
        if (kind is { } known)
            return new FunctionEntry(name, method, known, parameter, attribute!);
        problems.Add($"{where} has a trigger of type {attribute!.GetType().Name}, which this host does not serve.");
        return null;
    }
}
