using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Navi.Portable.Host.Functions;
using Navi.Portable.Host.Invocation;

namespace Navi.Portable.Host.Http;

/// <summary>A function behind a route.</summary>
/// <param name="Entry">The function.</param>
/// <param name="Pattern">Its route with the prefix of host.json.</param>
/// <param name="Methods">Upper-case HTTP methods; empty for all.</param>
internal sealed record HttpFunction(FunctionEntry Entry, RoutePattern Pattern, IReadOnlyList<string> Methods)
{
    /// <summary>Reads the trigger; null, with sentences in <paramref name="problems"/>, when this host can't serve it as the Functions host would.</summary>
    public static HttpFunction? Read(FunctionEntry entry, HostJson hostJson, IConfiguration configuration, List<string> problems)
    {
        var trigger = (HttpTriggerAttribute)entry.Trigger;
        var before = problems.Count;
        if (trigger.AuthLevel != AuthorizationLevel.Anonymous)
            problems.Add($"Function {entry.Described} asks for the key level {trigger.AuthLevel}. This host has no function keys: use Anonymous and let middleware decide.");
        if (entry.TriggerParameter.ParameterType != typeof(HttpRequest))
            problems.Add($"Function {entry.Described} takes its request as {entry.TriggerParameter.ParameterType.Name}; only HttpRequest is served.");
        if (!typeof(IResult).IsAssignableFrom(ReturnValue.TypeOf(entry.Method)))
            problems.Add($"Function {entry.Described} returns {ReturnValue.TypeOf(entry.Method).Name}; an HTTP function returns IResult, or its answer would be an empty 200.");
        var route = SettingNames.Resolve(trigger.Route ?? entry.Name, configuration, entry.Described, problems);
        var pattern = route is null ? null : Parse(entry, hostJson, route, problems);
        return problems.Count > before ? null : new HttpFunction(entry, pattern!, [.. (trigger.Methods ?? []).Select(m => m.ToUpperInvariant()).Distinct()]);
    }

    public IReadOnlySet<string> RouteNames => Pattern.Parameters.Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public ArgumentSource[]? Bind(bool hasDurableClient, List<string> problems) =>
        ParameterBinding.Sources(Entry, RouteNames, hasDurableClient, NothingElse, problems);

    private static ArgumentSource? NothingElse(ParameterInfo parameter) => null;

    private static RoutePattern? Parse(FunctionEntry entry, HostJson hostJson, string route, List<string> problems)
    {
        try
        {
            return RoutePatternFactory.Parse(hostJson.RoutePrefix.Length == 0 ? route : $"{hostJson.RoutePrefix}/{route.TrimStart('/')}");
        }
        catch (RoutePatternException e)
        {
            problems.Add($"Function {entry.Described} has the route '{route}', which is not valid: {e.Message}");
            return null;
        }
    }
}
