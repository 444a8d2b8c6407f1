using System.Xml.Linq;
using Navi.DeploymentChecks.Kubernetes;

namespace Navi.DeploymentChecks.Images;

/// <summary>What is published, copied and started.</summary>
internal static class Programs
{
    public static IEnumerable<string> Problems(string root, Dockerfile dockerfile)
    {
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in PublishStep.In(dockerfile))
        {
            if (!step.Arguments.Contains("-p:SourceRevisionId=${REVISION}") || !dockerfile.Of("ARG").Any(a => a.Stage == step.Stage && a.Text == "REVISION"))
                yield return $"{step.Project} must be published with -p:SourceRevisionId=${{REVISION}} and ARG REVISION in its stage: without them every release tells the same version";
            if (!File.Exists(Path.Combine(root, step.Project)))
                yield return $"dotnet publish names {step.Project}, which is not in the repository";
            else if (dockerfile.Of("COPY").FirstOrDefault(c => c.Option("from") is not null && c.Words[0] == step.Output && c.Stage == dockerfile.LastStage) is { } copy)
                places.Add($"{copy.Words[^1]}/{Assembly(Path.Combine(root, step.Project))}.dll", step.Project);
            else
                yield return $"{step.Project} is published to {step.Output}, which nothing copies into the image";
        }
        foreach (var (command, what) in Commands(root, dockerfile))
        {
            foreach (var program in command.Where(w => w.EndsWith(".dll", StringComparison.Ordinal) && !places.ContainsKey(w)))
                yield return $"{what} starts {program}; the image has {string.Join(", ", places.Keys)}";
        }
        var (starts, serves) = (StartOf(dockerfile), Served(root, dockerfile));
        if (serves.Count > 0 && !starts.SequenceEqual(serves))
            yield return $"it starts '{string.Join(' ', starts)}' and the Deployment '{string.Join(' ', serves)}'";
    }

    /// <summary>What a container of the image runs when nobody says otherwise; empty when the image it is built from decides.</summary>
    public static IReadOnlyList<string> StartOf(Dockerfile dockerfile) => [.. Dockerfile.Command(dockerfile.Final("ENTRYPOINT")?.Text), .. Dockerfile.Command(dockerfile.Final("CMD")?.Text)];

    private static IEnumerable<(IReadOnlyList<string> Command, string What)> Commands(string root, Dockerfile dockerfile) =>
    [
        (StartOf(dockerfile), "ENTRYPOINT"),
        (Served(root, dockerfile), "the Deployment"),
        ([.. ImageChecks.Manifest(root, "base", "migration.yaml").List("spec", "template", "spec", "containers").SelectMany(c => c.List("command")).Select(w => w.Text()!)], "the migration Job"),
    ];

    private static IReadOnlyList<string> Served(string root, Dockerfile dockerfile) =>
        [.. ImageChecks.Manifest(root, "runtimes", dockerfile.Name.Replace(".Dockerfile", "", StringComparison.Ordinal), "deployment.yaml").List("spec", "template", "spec", "containers").SelectMany(c => c.List("command")).Select(w => w.Text()!)];

    private static string Assembly(string project) => XDocument.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);
}
