using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Navi.DeploymentChecks.Kubernetes;
using Navi.Deployment.Tests.Kubernetes;
using Navi.Testing;
using Npgsql;

namespace Navi.Deployment.Tests.Images;

/// <summary>The pods of an overlay of the portable runtime, run here with the published image and a real PostgreSQL, which is a Unix socket in them.</summary>
internal sealed class DeployedPods : IAsyncDisposable
{
    private const string Sockets = "/run/postgresql";

    private readonly PublishedImage image;
    private readonly Overlay overlay;
    private readonly TestDatabase database;
    private readonly List<LocalPod> pods = [];

    private DeployedPods(PublishedImage image, Overlay overlay, TestDatabase database) => (this.image, this.overlay, this.database) = (image, overlay, database);

    public static async Task<DeployedPods> CreateAsync(PublishedImage image, string overlay) => new(image, await Manifests.OverlayAsync(overlay), await TestDatabase.CreateDeployedAsync());

    /// <summary>The workload of a kind.</summary>
    public JsonNode PodOf(string kind) => overlay.Workloads.Single(w => w.Object.Kind == kind).Pod!;

    /// <summary>The volumes of a workload's pod, and the image's program.</summary>
    public LocalPod Make(string kind)
    {
        var pod = new LocalPod(PodOf(kind), new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["navi-keys"] = new Dictionary<string, string> { [OverlaySettings.OfServer(overlay)["Navi__Encryption__KeyId"]] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) },
        });
        pods.Add(pod);
        pod.Show(image.Output, image.Place);
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        Assert.True(server.Host!.StartsWith('/'), $"The image is run without a network, so the test's PostgreSQL must be a Unix socket, and it is {server.Host}: leave NAVI_TEST_DATABASE unset.");
        pod.Show(Path.Combine(server.Host, $".s.PGSQL.{server.Port}"), Path.Combine(Sockets, $".s.PGSQL.{server.Port}"));
        return pod;
    }

    /// <summary>Starts a container of a pod with what the image and the manifest say to its environment, and the one secret that must be real.</summary>
    public LocalContainer Start(LocalPod pod, JsonNode container)
    {
        var environment = image.Dockerfile.Final("ENV")!.Words.Select(w => w.Split('=', 2)).ToDictionary(w => w[0], w => w[1]);
        foreach (var (name, value) in OverlaySettings.Of(overlay, container))
            environment[name] = name.EndsWith("ConnectionString", StringComparison.Ordinal) ? new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = Sockets }.ConnectionString : value;
        return pod.Start(container, environment);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pod in pods)
            pod.Dispose();
        await database.DisposeAsync();
    }
}
