using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>The modules of a compiled template.</summary>
internal static class NestedTemplates
{
    /// <summary>Those directly in it, with the name of the module.</summary>
    public static IEnumerable<(string Name, JsonObject Template)> Of(JsonObject template) => Resources(template)
        .Where(r => r.Content["type"]?.ToString() == "Microsoft.Resources/deployments")
        .Select(r => (r.Name, r.Content["properties"]!["template"]!.AsObject()));

    /// <summary>Its resources with their symbolic names; a template without symbols has a list.</summary>
    public static IEnumerable<(string Name, JsonObject Content)> Resources(JsonObject template) => template["resources"] switch
    {
        JsonObject named => named.Select(r => (r.Key, r.Value!.AsObject())),
        JsonArray list => list.Select(r => (r!["name"]!.ToString(), r.AsObject())),
        _ => [],
    };
}
