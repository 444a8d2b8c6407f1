using System.Text.Json;
using k8s;
using k8s.Models;

namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>Reads Kubernetes' own objects by the types of its client: a field that a type lacks, or a value of another type, is a problem, as it is for an API server with strict validation.</summary>
internal static class StrictTypes
{
    private static readonly Dictionary<(string ApiVersion, string Kind), Type> Types = new()
    {
        [("v1", "Namespace")] = typeof(V1Namespace),
        [("v1", "ServiceAccount")] = typeof(V1ServiceAccount),
        [("v1", "ConfigMap")] = typeof(V1ConfigMap),
        [("v1", "Secret")] = typeof(V1Secret),
        [("v1", "Service")] = typeof(V1Service),
        [("v1", "PersistentVolumeClaim")] = typeof(V1PersistentVolumeClaim),
        [("apps/v1", "Deployment")] = typeof(V1Deployment),
        [("batch/v1", "Job")] = typeof(V1Job),
        [("batch/v1", "CronJob")] = typeof(V1CronJob),
        [("policy/v1", "PodDisruptionBudget")] = typeof(V1PodDisruptionBudget),
        [("networking.k8s.io/v1", "NetworkPolicy")] = typeof(V1NetworkPolicy),
        [("networking.k8s.io/v1", "Ingress")] = typeof(V1Ingress),
        [("storage.k8s.io/v1", "StorageClass")] = typeof(V1StorageClass),
    };

    // The client's own converters, which know quantities and whole numbers or texts, with what the client leaves out.
    private static readonly JsonSerializerOptions Options = Strict();

    public static bool Knows(KubeObject item) => Types.ContainsKey((item.ApiVersion, item.Kind));

    public static Check Of(IEnumerable<Overlay> overlays) => new(
        "every object of Kubernetes has only fields that its type has, of the right type",
        [.. overlays.SelectMany(o => o.Named(o.Objects.Where(Knows).Select(Problem).OfType<string>()))]);

    /// <summary>What is wrong with an object; null when nothing is.</summary>
    public static string? Problem(KubeObject item)
    {
        try
        {
            JsonSerializer.Deserialize(item.Json.ToJsonString(), Types[(item.ApiVersion, item.Kind)], Options);
            return null;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return $"{item.Title}: {e.Message}";
        }
    }

    private static JsonSerializerOptions Strict()
    {
        JsonSerializerOptions? strict = null;
        KubernetesJson.AddJsonOptions(o => strict = new JsonSerializerOptions(o) { UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow });
        return strict!;
    }
}
