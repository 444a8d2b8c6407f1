using Navi.DeploymentChecks.Kubernetes;

namespace Navi.DeploymentChecks.Images;

/// <summary>The checks of the Dockerfiles. No image is built: a test runs what they run.</summary>
internal static class ImageChecks
{
    private static readonly string[] Expected = ["azure-functions.Dockerfile", "portable.Dockerfile"];

    /// <summary>Reads every Dockerfile and looks at it.</summary>
    /// <param name="root">The repository, or a copy of it with what the Dockerfiles copy.</param>
    public static CheckSection Run(string root)
    {
        var folder = Path.Combine(root, "k8s-keda", "images");
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.Dockerfile").Order(StringComparer.Ordinal).Select(Dockerfile.Read).ToList() : [];
        return new CheckSection("Container images", $"{files.Count} Dockerfiles, {files.Sum(f => f.Instructions.Count)} instructions, none built here",
        [
            new("there is an image for each runtime", [.. Expected.Except(files.Select(f => f.Name)).Select(n => $"there is no k8s-keda/images/{n}")]),
            Check("what is built from is pinned by a digest that must be given, and its tag stands beside it", files, BaseImages.Problems),
            Check("everything that is copied is there, and is let through by the list of what is left out", files, f => CopiedFiles.Problems(root, f)),
            Check("what is started was published there by the build", files, f => Programs.Problems(root, f)),
            Check("the process is not root, has what tools need, and is asked for its health", files, f => Surroundings.Problems(root, f)),
        ]);
    }

    private static Check Check(string name, IEnumerable<Dockerfile> files, Func<Dockerfile, IEnumerable<string>> problems) => new(name, [.. files.SelectMany(f => problems(f).Select(p => $"{f.Name}: {p}"))]);

    /// <summary>A manifest of k8s-keda; null when it is not there.</summary>
    public static System.Text.Json.Nodes.JsonNode? Manifest(string root, params ReadOnlySpan<string> path)
    {
        var file = Path.Combine([root, "k8s-keda", .. path]);
        return File.Exists(file) ? ManifestYaml.Read(File.ReadAllText(file)).FirstOrDefault() : null;
    }
}
