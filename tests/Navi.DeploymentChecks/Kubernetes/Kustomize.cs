using System.ComponentModel;
using System.Diagnostics;
using YamlDotNet.Core;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>Renders overlays with kubectl.</summary>
internal static class Kustomize
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Every overlay of the tree, rendered.</summary>
    public static async Task<IReadOnlyList<Overlay>> OverlaysAsync(string root, CancellationToken cancellation)
    {
        var folder = Path.Combine(root, "k8s-keda", "overlays");
        var found = new List<Overlay>();
        if (!Directory.Exists(folder))
            return found;
        foreach (var file in Directory.EnumerateFiles(folder, "kustomization.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var directory = Path.GetDirectoryName(file)!;
            found.Add(await RenderAsync(Path.GetRelativePath(folder, directory).Replace(Path.DirectorySeparatorChar, '/'), directory, cancellation));
        }
        return found;
    }

    /// <summary>One overlay, rendered.</summary>
    /// <param name="name">What it is called in problems.</param>
    /// <param name="directory">Where its kustomization lies.</param>
    /// <param name="cancellation">Ends kubectl.</param>
    public static async Task<Overlay> RenderAsync(string name, string directory, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var kubectl = Process.Start(new ProcessStartInfo("kubectl", ["kustomize", directory]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            try
            {
                var (output, errors) = (kubectl.StandardOutput.ReadToEndAsync(limit.Token), kubectl.StandardError.ReadToEndAsync(limit.Token));
                await kubectl.WaitForExitAsync(limit.Token);
                if (kubectl.ExitCode != 0)
                    return new Overlay(name, [], $"kubectl kustomize ended with {kubectl.ExitCode}: {(await errors).Trim()}");
                return new Overlay(name, [.. ManifestYaml.Read(await output).Select(j => new KubeObject(j))], null);
            }
            finally
            {
                if (!kubectl.HasExited)
                    kubectl.Kill(entireProcessTree: true);
            }
        }
        catch (Win32Exception e)
        {
            return new Overlay(name, [], $"kubectl can't be run ({e.Message}): install Debian's kubernetes-client, or kubectl from kubernetes.io.");
        }
        catch (YamlException e)
        {
            return new Overlay(name, [], $"what kubectl rendered can't be read: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Overlay(name, [], $"kubectl kustomize did not end within {Patience.TotalSeconds} s.");
        }
    }
}
