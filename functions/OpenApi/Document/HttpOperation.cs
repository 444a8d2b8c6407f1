using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Navi.Functions.OpenApi.Document;

/// <summary>One HTTP function with its route.</summary>
/// <param name="Name">Name of the function.</param>
/// <param name="Method">HTTP method, lower case.</param>
/// <param name="Path">Path with its values in braces, such as <c>/v1/tasks/{id}</c>.</param>
/// <param name="Function">The method that carries the description.</param>
internal sealed record HttpOperation(string Name, string Method, string Path, MethodInfo Function)
{
    /// <summary>Every HTTP function of NAVI, by path.</summary>
    public static IReadOnlyList<HttpOperation> All { get; } =
    [
        .. from type in typeof(HttpOperation).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
           let trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).SingleOrDefault(t => t is not null)
           where name is not null && trigger is not null
           from verb in trigger.Methods!
           orderby trigger.Route, verb
           select new HttpOperation(name, verb, PathOf(trigger.Route!), method),
    ];

    /// <summary>Names of the values in the path.</summary>
    public IEnumerable<string> RouteValues => Path.Split('/').Where(s => s.StartsWith('{')).Select(s => s.Trim('{', '}'));

    /// <summary>Operation id: the function's name, with the method where a function has several.</summary>
    public string Id => All.Count(o => o.Name == Name) == 1 ? Name : $"{Name}_{Method}";

    // Constraints and question marks are the host's business.
    private static string PathOf(string route) =>
        "/" + string.Join('/', route.Split('/').Select(s => s.StartsWith('{') ? "{" + s.Trim('{', '}', '*').Split(':', '?')[0] + "}" : s));
}
