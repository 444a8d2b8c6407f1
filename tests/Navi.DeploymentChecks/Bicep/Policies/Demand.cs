namespace Navi.DeploymentChecks.Bicep.Policies;

/// <summary>What a property of every resource of a type must be.</summary>
/// <param name="Type">The resources.</param>
/// <param name="Path">The property; not set is not right.</param>
/// <param name="Right">The values that are.</param>
internal sealed record Demand(string Type, string Path, params string[] Right)
{
    /// <summary>What contradicts it; also that there is no such resource at all, for then nothing was looked at.</summary>
    public IEnumerable<string> Problems(BicepTree tree)
    {
        var resources = tree.Plan.Where(r => r.Is(Type)).ToList();
        if (resources.Count == 0)
            return [$"infra-bicep: no environment has a {Type}; there must be one."];
        return resources.Where(r => !Right.Contains(r.Text(Path), StringComparer.OrdinalIgnoreCase))
            .Select(r => $"{tree.Where(Type)}: {Type} {r.Name} ({r.Environment}): {Path} is {r.Text(Path) ?? "not set"}; it must be {string.Join(" or ", Right)}.");
    }
}
