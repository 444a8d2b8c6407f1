using System.Globalization;
using System.Text.Json.Nodes;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>What host.json tells the Functions host of durable work.</summary>
/// <param name="Hub">Name of the task hub.</param>
/// <param name="Partitions">How many queues for orchestrations it has.</param>
/// <param name="Activities">Activities that run at once in a process.</param>
/// <param name="Orchestrations">Orchestrations that run at once in a process.</param>
internal sealed record HostFile(string Hub, int Partitions, int Activities, int Orchestrations)
{
    // Azure Storage's, where host.json says nothing.
    private const int DefaultPartitions = 4;

    /// <summary>The hub's queues, as the Azure Storage provider names them.</summary>
    public IReadOnlyList<string> Queues => [$"{Hub}-workitems", .. Enumerable.Range(0, Partitions).Select(n => string.Create(CultureInfo.InvariantCulture, $"{Hub}-control-{n:00}"))];

    public static HostFile Read(string root)
    {
        var durable = JsonNode.Parse(File.ReadAllText(Path.Combine(root, "host.json"))).At("extensions", "durableTask");
        return new HostFile(
            durable.Text("hubName")!.ToLowerInvariant(), durable.Number("storageProvider", "partitionCount") ?? DefaultPartitions,
            durable.Number("maxConcurrentActivityFunctions") ?? 10, durable.Number("maxConcurrentOrchestratorFunctions") ?? 10);
    }
}
