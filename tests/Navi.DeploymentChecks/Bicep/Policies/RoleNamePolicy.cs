using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>A role assignment is named by guid() of what it is about: deploying twice changes nothing, and two assignments never have one name.</summary>
internal static class RoleNamePolicy
{
    private const string Type = "Microsoft.Authorization/roleAssignments";

    public static Check Of(BicepTree tree)
    {
        var all = All("infra-bicep/main.bicep", tree.Template!).ToList();
        return new("every role assignment is named by guid()",
        [
            .. all.Count == 0 ? ["infra-bicep: there is no role assignment; NAVI's identity must have its rights."] : Array.Empty<string>(),
            .. all.Where(a => !a.Name.StartsWith("[guid(", StringComparison.Ordinal)).Select(a => $"{a.At}: role assignment {a.Symbol} is named {a.Name}; it must be guid() of scope, principal and role."),
        ]);
    }

    private static IEnumerable<(string At, string Symbol, string Name)> All(string at, JsonObject template) =>
    [
        .. NestedTemplates.Resources(template).Where(r => r.Content["type"]?.ToString() == Type).Select(r => (at, r.Name, r.Content["name"]!.ToString())),
        .. NestedTemplates.Of(template).SelectMany(n => All($"infra-bicep (module {n.Name})", n.Template)),
    ];
}
