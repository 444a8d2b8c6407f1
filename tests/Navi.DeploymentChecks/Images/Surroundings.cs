using System.Text.Json.Nodes;
using Navi.DeploymentChecks.Kubernetes;

namespace Navi.DeploymentChecks.Images;

/// <summary>Who the process is, what lies beside it, and how it is asked for its health.</summary>
internal static class Surroundings
{
    private static readonly string[] Tools = ["bubblewrap", "ca-certificates", "git", "python3", "ripgrep"];

    public static IEnumerable<string> Problems(string root, Dockerfile dockerfile)
    {
        var deployment = ImageChecks.Manifest(root, "base", "deployment.yaml").At("spec", "template", "spec");
        var (user, wanted) = (dockerfile.Final("USER")?.Text, $"{deployment.Text("securityContext", "runAsUser")}:{deployment.Text("securityContext", "runAsGroup")}");
        if (user != wanted)
            yield return $"USER is {user ?? "missing, so it is root or what the image it is built from says"}; pods run as {wanted}";
        if (dockerfile.Instructions.SkipWhile(i => i != dockerfile.Final("USER")).Skip(1).FirstOrDefault(i => i.Name is "RUN" or "COPY" or "ADD") is { } after)
            yield return $"line {after.Line}: {after.Name} after USER: files of the process's own user can be changed by it";
        var installed = dockerfile.Of("RUN").Where(r => r.Stage == dockerfile.LastStage).SelectMany(r => r.Words).ToHashSet();
        foreach (var tool in Tools.Where(t => !installed.Contains(t)))
            yield return $"{tool} is not installed";
        foreach (var problem in Health(dockerfile, deployment))
            yield return problem;
        foreach (var line in dockerfile.Of("RUN").Where(r => r.Text.Contains("chmod", StringComparison.Ordinal) && r.Text.Contains("777", StringComparison.Ordinal)))
            yield return $"line {line.Line}: everybody may write there";
    }

    private static IEnumerable<string> Health(Dockerfile dockerfile, JsonNode? deployment)
    {
        var port = deployment.List("containers").SelectMany(c => c.List("ports")).Select(p => p.Text("containerPort")).FirstOrDefault();
        if (dockerfile.Final("EXPOSE")?.Text != port)
            yield return $"EXPOSE is {dockerfile.Final("EXPOSE")?.Text ?? "missing"}; the Deployment's port is {port}";
        var check = dockerfile.Final("HEALTHCHECK")?.Text;
        if (check?.Contains($"http://127.0.0.1:{port}/healthz", StringComparison.Ordinal) != true || Dockerfile.Command(check).Count == 0)
            yield return $"HEALTHCHECK must ask http://127.0.0.1:{port}/healthz, as a list of words";
    }
}
