namespace Navi.DeploymentChecks.Kubernetes;

/// <summary>One rendered overlay.</summary>
/// <param name="Name">Its environment and runtime, such as <c>production/portable</c>.</param>
/// <param name="Objects">What kubectl rendered.</param>
/// <param name="Problem">Why it could not be rendered; null when it could.</param>
internal sealed record Overlay(string Name, IReadOnlyList<KubeObject> Objects, string? Problem)
{
    public string Environment => Name.Split('/')[0];

    public string Runtime => Name.Split('/')[^1];

    public IEnumerable<Workload> Workloads => Workload.In(Objects);

    /// <summary>The workload that serves.</summary>
    public Workload? Server => Workloads.FirstOrDefault(w => w.Object.Kind == "Deployment");

    public IEnumerable<KubeObject> Of(string kind) => Objects.Where(o => o.Kind == kind);

    public KubeObject? Find(string kind, string? name) => Objects.FirstOrDefault(o => o.Kind == kind && o.Name == name);

    /// <summary>What contradicts a statement in one overlay, with its name before it.</summary>
    public IEnumerable<string> Named(IEnumerable<string> problems) => problems.Select(p => $"{Name}: {p}");
}
