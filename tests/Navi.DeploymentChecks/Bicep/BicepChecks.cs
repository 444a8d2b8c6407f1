using Navi.DeploymentChecks.Bicep.Policies;

namespace Navi.DeploymentChecks.Bicep;

/// <summary>Every check of infra-bicep/. Nothing is deployed and nothing is asked of Azure: the compiler knows the types, and says what a deployment would make.</summary>
internal static class BicepChecks
{
    private static readonly string[] Expected = ["dev", "production", "staging"];

    /// <param name="root">The repository.</param>
    /// <param name="cancellation">Ends the compiler.</param>
    public static async Task<CheckSection> RunAsync(string root, CancellationToken cancellation)
    {
        var tree = await BicepTree.ReadAsync(root, cancellation);
        // Of what does not compile nothing more can be said.
        IReadOnlyList<Check> checks = [SourcePolicy.Compiles(tree), SourcePolicy.Used(tree), SourcePolicy.RuleFile(root),
            new("each environment has parameters, and a plan made of them", [.. Expected.Where(e => tree.Template is not null && tree.Plan.All(r => r.Environment != e)).Select(e => $"there is no plan of {e}: infra-bicep/parameters/{e}.bicepparam must be there and compile")]), .. tree.IsComplete ? OfThePlan(root, tree) : []];
        var resources = string.Join(", ", tree.Environments.Select(e => $"{tree.Plan.Count(r => r.Environment == e)} in {e}"));
        return new CheckSection("Bicep", $"{tree.Files.Count} files, {tree.Plan.Count} resources ({resources}), {tree.Said.Count} warnings", checks);
    }

    private static IEnumerable<Check> OfThePlan(string root, BicepTree tree) =>
        [
            NetworkPolicy.Of(tree),
            SharedKeyPolicy.Of(tree),
            TlsPolicy.Of(tree),
            ServerParameterPolicy.Of(root, tree),
            KeyVaultPolicy.Of(tree),
            SecretOutputPolicy.Of(tree),
            DiagnosticsPolicy.Of(tree),
            RoleNamePolicy.Of(tree),
            SettingsPolicy.Names(tree),
            SettingsPolicy.Start(tree),
            SettingsPolicy.Needed(tree),
            ProductionPolicy.Survives(tree),
            ProductionPolicy.Locks(tree),
        ];
}
