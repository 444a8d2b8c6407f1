using System.Diagnostics;
using System.Text.RegularExpressions;
using Navi.DeploymentChecks.Kubernetes;
using Navi.DeploymentChecks.Workflows;
using Navi.Testing;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>The installations of docs/DEPLOYMENT_KUBERNETES.md are made by its own commands, and hold all that the overlays hold.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "DEPLOYMENT_KUBERNETES.md"));

    [Theory]
    [InlineData("portable")]
    [InlineData("azure-functions")]
    public async Task Installation_MadeByTheDocument_HoldsEveryCheckAndHasNothingOfTheExamples(string runtime)
    {
        var place = Directory.CreateTempSubdirectory("navi-installation-").FullName;
        try
        {
            CopiedTree.Copy(Path.Combine(SourceTree.Root, "k8s-keda"), Path.Combine(place, "navi", "k8s-keda"));

            var rendered = await RunAsync(place, Blocks(runtime)[0]);

            Assert.Equal("", rendered.Errors);
            var overlay = new Overlay($"production/{runtime}", [.. ManifestYaml.Read(rendered.Output).Select(j => new KubeObject(j))], null);
            Assert.Empty(KubernetesChecks.Checks(SourceTree.Root, [overlay]).SelectMany(c => c.Problems));
            Assert.All(overlay.Workloads.SelectMany(w => w.Containers), c => Assert.Matches($@"^registry\.acme\.example/navi/{runtime}@sha256:[0-9a-f]{{64}}$", c.Text("image")));
            await PipelineSetsItsImageAsync(place);
            var left = await RunAsync(place, Blocks("portable")[1]);
            Assert.Equal(("", 1), (left.Output, left.ExitCode));
            // The same command does find what is left when something is.
            await File.AppendAllTextAsync(Path.Combine(place, "installation", "installation.env"), "Navi__Models__Entries__1__Endpoint=https://navi-example.openai.azure.com\n", TestContext.Current.CancellationToken);
            Assert.NotEqual("", (await RunAsync(place, Blocks("portable")[1])).Output);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    [Fact]
    public async Task StorageClass_OfTheDocument_IsOneAndHasTheNameOfTheClaims()
    {
        var place = Directory.CreateTempSubdirectory("navi-storage-").FullName;
        try
        {
            await RunAsync(place, Assert.Single(Blocks("storage")));

            var made = new KubeObject(Assert.Single(ManifestYaml.Read(await File.ReadAllTextAsync(Path.Combine(place, "storage-class.yaml"), TestContext.Current.CancellationToken))));
            Assert.Null(StrictTypes.Problem(made));
            Assert.Equal(made.Name, (await Manifests.OverlayAsync("production/portable")).Of("PersistentVolumeClaim").Single().Json.Text("spec", "storageClassName"));
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    [Theory]
    [InlineData("staging", "| pods | 1 to 3 |", "| 204 |")]
    [InlineData("production", "| 2 to 8 |", "| 729 |")]
    public async Task Numbers_OfTheDocument_AreThoseOfTheManifests(string environment, string pods, string connections)
    {
        var overlay = await Manifests.OverlayAsync($"{environment}/portable");
        var spec = overlay.Of("ScaledObject").Single().Json.At("spec");
        var (least, most, pool) = (spec.Number("minReplicaCount"), spec.Number("maxReplicaCount"), int.Parse(OverlaySettings.OfServer(overlay)["Navi__Database__PoolSize"], System.Globalization.CultureInfo.InvariantCulture));

        Assert.EndsWith($"{least} to {most} |", pods, StringComparison.Ordinal);
        Assert.Equal($"| {(most + 1) * (pool + 31)} |", connections);
        Assert.Contains(pods, Document, StringComparison.Ordinal);
        Assert.Contains(connections, Document, StringComparison.Ordinal);
    }

    // The pipeline's own script, as a runner would run it in a clone that has the installation.
    private static async Task PipelineSetsItsImageAsync(string place)
    {
        const string image = "ghcr.io/acme/navi/other@sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc";
        var script = Assert.Single(Workflow.Of(SourceTree.Root).Single(w => w.Name == "deploy-kubernetes.yml").Scripts, s => s.Script.Contains("kubectl kustomize", StringComparison.Ordinal)).Script;

        var given = await RunAsync(place, $"export GIVEN=access IMAGE={image} OVERLAY=installation KUBECONFIG=$PWD/.kubeconfig; set -eo pipefail\n{script}");

        Assert.Equal((0, ""), (given.ExitCode, given.Errors));
        var rendered = ManifestYaml.Read(await File.ReadAllTextAsync(Path.Combine(place, "release.yaml"), TestContext.Current.CancellationToken)).Select(j => new KubeObject(j));
        Assert.All(new Overlay("production/pipeline", [.. rendered], null).Workloads.SelectMany(w => w.Containers), c => Assert.Equal(image, c.Text("image")));
        foreach (var (wrong, said) in new[] { ($"IMAGE=ghcr.io/acme/navi:latest OVERLAY=installation", "by its digest"), ($"IMAGE={image} OVERLAY=", "NAVI_OVERLAY"), ($"IMAGE={image} OVERLAY=navi/k8s-keda/overlays/production/portable", "names of the example") })
        {
            var refused = await RunAsync(place, $"export GIVEN=access {wrong} KUBECONFIG=$PWD/.kubeconfig; set -eo pipefail\n{script}");
            Assert.True(refused.ExitCode != 0 && refused.Output.Contains(said, StringComparison.Ordinal), $"{wrong}: {refused}");
        }
    }

    private static async Task<(string Output, string Errors, int ExitCode)> RunAsync(string directory, string commands)
    {
        var info = new ProcessStartInfo("bash", ["-c", commands]) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        (info.Environment["DIGEST"], info.Environment["CLIENT"], info.Environment["TENANT"], info.Environment["KEY"]) =
            ("sha256:" + new string('a', 64), "12345678-1234-1234-1234-123456789012", "22345678-1234-1234-1234-123456789012", "https://acme.vault.azure.net/keys/navi/" + new string('b', 32));
        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (await output, await errors, process.ExitCode);
    }

    private static List<string> Blocks(string name) => [.. Marked().Matches(Document).Where(m => m.Groups["name"].Value == name).Select(m => m.Groups["commands"].Value)];

    [GeneratedRegex(@"<!-- run: (?<name>[a-z-]+) -->\n```\n(?<commands>[\s\S]*?)\n```")]
    private static partial Regex Marked();
}
