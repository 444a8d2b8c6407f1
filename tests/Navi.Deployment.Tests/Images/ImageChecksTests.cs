using Navi.DeploymentChecks.Images;
using Navi.Testing;

namespace Navi.Deployment.Tests.Images;

/// <summary>The Dockerfiles hold what is checked, and each fault in a copy is found by the check that is for it, and by no other.</summary>
public sealed class ImageChecksTests
{
    private const string Portable = "k8s-keda/images/portable.Dockerfile";
    private const string Ignored = "k8s-keda/images/portable.Dockerfile.dockerignore";

    private static readonly string[] Copied =
        [".editorconfig", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "cli/Navi.Cli.csproj", "functions/Navi.Functions.csproj", "agent/Navi.Agent.csproj", "orchestrations/Navi.Orchestrations.csproj", "grafana/dashboards", "prometheus/alerts", "prometheus/rules"];

    [Fact]
    public void Run_TheTree_Holds()
    {
        var section = ImageChecks.Run(SourceTree.Root);

        Assert.Empty(section.Checks.SelectMany(c => c.Problems));
        Assert.StartsWith("2 Dockerfiles, ", section.Figures, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Portable, "ARG SDK_DIGEST", "ARG SDK_DIGEST=latest", "what is built from is pinned", "portable.Dockerfile: line 7: ARG SDK_DIGEST=latest has a default")]
    [InlineData(Portable, "aspnet@${RUNTIME_DIGEST}", "aspnet:10.0", "what is built from is pinned", "portable.Dockerfile: line 27: mcr.microsoft.com/dotnet/aspnet:10.0 must be an image by digest")]
    [InlineData(Portable, "# mcr.microsoft.com/dotnet/aspnet:10.0", "# The runtime", "what is built from is pinned", "portable.Dockerfile: line 9: the comment above ARG RUNTIME_DIGEST must name the tag")]
    [InlineData(Portable, "COPY agent agent", "COPY agents agents", "everything that is copied is there", "portable.Dockerfile: COPY names agents, which is not in the repository")]
    [InlineData(Portable, "COPY prometheus/rules prometheus/rules\n", "", "everything that is copied is there", "portable.Dockerfile: cli/Navi.Cli.csproj takes prometheus/rules/*.yaml, which is not copied")]
    [InlineData(Ignored, "!global.json\n", "", "everything that is copied is there", "portable.Dockerfile: portable.Dockerfile.dockerignore leaves out global.json, which is copied")]
    [InlineData(Ignored, "!cli\n", "!cli\n!tests\n", "everything that is copied is there", "portable.Dockerfile: portable.Dockerfile.dockerignore lets tests through, which is not copied")]
    [InlineData(Portable, "COPY --from=build /publish/navi", "COPY --from=build /publish/cli", "everything that is copied is there", "portable.Dockerfile: line 34: COPY takes /publish/cli from build, where nothing is published to it", true)]
    [InlineData(Portable, "/opt/navi/navi.dll\"]", "/opt/navi/Navi.Cli.dll\"]", "what is started was published there", "portable.Dockerfile: ENTRYPOINT starts /opt/navi/Navi.Cli.dll; the image has /opt/navi/navi.dll")]
    [InlineData(Portable, "ARG REVISION\n", "", "what is started was published there", "portable.Dockerfile: cli/Navi.Cli.csproj must be published with -p:SourceRevisionId=${REVISION}")]
    [InlineData(Portable, "USER 10001:10001", "USER root", "the process is not root", "portable.Dockerfile: USER is root; pods run as 10001:10001")]
    [InlineData(Portable, " ripgrep ", " ", "the process is not root", "portable.Dockerfile: ripgrep is not installed")]
    [InlineData(Portable, "EXPOSE 8080", "EXPOSE 80", "the process is not root", "portable.Dockerfile: EXPOSE is 80; the Deployment's port is 8080")]
    [InlineData(Portable, "8080/healthz", "8080/health", "the process is not root", "portable.Dockerfile: HEALTHCHECK must ask http://127.0.0.1:8080/healthz")]
    public void Run_PlantedFault_IsFoundByItsCheck(string file, string old, string put, string check, string problem, bool othersToo = false)
    {
        using var tree = new CopiedTree([.. CopiedTree.Manifests, .. Copied]);
        tree.Replace(file, old, put);

        var failed = ImageChecks.Run(tree.Root).Checks.Where(c => !c.Holds).ToList();

        Assert.True(othersToo || failed.Count == 1, string.Join('\n', failed.SelectMany(f => f.Problems)));
        Assert.Contains(failed.Single(f => f.Name.StartsWith(check, StringComparison.Ordinal)).Problems, p => p.StartsWith(problem, StringComparison.Ordinal));
    }
}
