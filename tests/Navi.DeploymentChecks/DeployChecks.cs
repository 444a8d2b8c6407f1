using Navi.DeploymentChecks.Images;
using Navi.DeploymentChecks.Kubernetes;

namespace Navi.DeploymentChecks;

/// <summary>Every check of the deployment's files.</summary>
internal static class DeployChecks
{
    /// <summary>Runs them all.</summary>
    /// <param name="root">The repository.</param>
    /// <param name="cancellation">Ends the programs that the checks run.</param>
    public static async Task<IReadOnlyList<CheckSection>> RunAsync(string root, CancellationToken cancellation) =>
    [
        await KubernetesChecks.RunAsync(root, cancellation),
        ImageChecks.Run(root),
    ];
}
