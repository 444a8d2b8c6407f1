using Navi.DeploymentChecks.Kubernetes;
using Navi.Testing;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>The manifests hold what is checked, and each fault in a copy is found by the check that is for it, and by no other.</summary>
public sealed class KubernetesChecksTests
{
    private const string Deployment = "k8s-keda/base/deployment.yaml";
    private const string PortableScaling = "k8s-keda/runtimes/portable/scaling.yaml";
    private const string AzureScaling = "k8s-keda/runtimes/azure-functions/scaling.yaml";
    private const string Secrets = "k8s-keda/base/external-secrets.yaml";
    private const string Policies = "k8s-keda/base/network-policies.yaml";
    private const string Settings = "k8s-keda/overlays/staging/portable/installation.env";

    [Fact]
    public async Task RunAsync_TheTree_Holds()
    {
        var section = await KubernetesChecks.RunAsync(SourceTree.Root, TestContext.Current.CancellationToken);

        Assert.Empty(section.Checks.SelectMany(c => c.Problems));
        Assert.StartsWith("4 overlays, ", section.Figures, StringComparison.Ordinal);
    }

    [Theory]
    // Settings.
    [InlineData(Settings, "Navi__Identity__Issuers__0__Audience=api://navi\n", "", "NAVI starts with the settings", "staging/portable: Navi:Identity:Issuers:0:Audience is empty")]
    [InlineData(Settings, "Navi__Telemetry__Organisation", "Navi__Telemetry__Organization", "every setting is one that NAVI", "staging/portable: Navi__Telemetry__Organization is not a setting of NAVI; the nearest is Navi__Telemetry__Organisation")]
    [InlineData(Settings, "Navi__Models__Entries__0__Name=main", "Navi__Models__Entries__0__Name=main\nNavi__Colour=blue", "every setting is one that NAVI", "staging/portable: Navi__Colour is not a setting of NAVI")]
    [InlineData(Settings, "Navi__Models__Entries__0__Name=main", "Navi__Models__Entries__0__Name=main\nAzureWebJobsDisableHomepage=true", "every setting is one that NAVI", "staging/portable: AzureWebJobsDisableHomepage is read by nobody")]
    [InlineData("k8s-keda/environments/production/kustomization.yaml", "Navi__Database__PoolSize=50", "Navi__Database__PoolSize=20", "environment, pool, addresses and keys", "production/portable: Navi__Database__PoolSize is 20; in production it must be 50")]
    [InlineData(Settings, "Navi__Encryption__KeyId=key-1", "Navi__Encryption__KeyId=key-2", "environment, pool, addresses and keys", "staging/portable: Navi__Encryption__KeyId is key-2, which no mounted secret has")]
    [InlineData(Settings, "https://navi-staging.example.com", "https://navi.example.com", "environment, pool, addresses and keys", "staging/portable: Navi__Issuer__PublicUrl is https://navi.example.com; the Ingress answers for navi-staging.example.com")]
    // Fields and types.
    [InlineData(Deployment, "minReadySeconds", "minReadySecond", "every object of Kubernetes has only fields", "staging/portable: Deployment navi: The JSON property 'minReadySecond'")]
    [InlineData(Deployment, "minReadySeconds: 10", "minReadySeconds: ten", "every object of Kubernetes has only fields", "staging/portable: Deployment navi: The JSON value could not be converted")]
    [InlineData(PortableScaling, "pollingInterval", "poolingInterval", "every object of another program", "staging/portable: ScaledObject navi: spec.poolingInterval is wrong: NoAdditionalPropertiesAllowed")]
    [InlineData(PortableScaling, "targetQueryValue: \"24\"", "targetQueryValue: 24", "every object of another program", "staging/portable: ScaledObject navi: spec.triggers[0].metadata.targetQueryValue is wrong: StringExpected")]
    [InlineData(Secrets, "refreshInterval", "refreshIntervall", "every object of another program", "staging/portable: ExternalSecret navi-secrets: spec.refreshIntervall is wrong")]
    [InlineData("k8s-keda/base/service-monitor.yaml", "honorLabels: true", "honourLabels: true", "every object of another program", "staging/portable: ServiceMonitor navi: spec.endpoints[0].honourLabels is wrong")]
    // Pods.
    [InlineData(Deployment, "runAsNonRoot: true", "runAsNonRoot: false", "every pod obeys the restricted", "staging/portable: Deployment navi: container navi: runAsNonRoot must be true")]
    [InlineData(Deployment, "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "every pod obeys the restricted", "staging/portable: Deployment navi: container navi: readOnlyRootFilesystem must be true")]
    [InlineData("k8s-keda/base/namespace.yaml", "enforce: restricted", "enforce: baseline", "every object lies in the overlay's own namespace", "staging/portable: Namespace navi-staging: the label pod-security.kubernetes.io/enforce is baseline")]
    [InlineData("k8s-keda/base/workspaces.yaml", "ReadWriteMany", "ReadWriteOnce", "a volume that several pods mount", "staging/portable: PersistentVolumeClaim navi-workspaces has the access modes ReadWriteOnce")]
    [InlineData(Deployment, "terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: 29", "a pod has time to drain", "staging/portable: Deployment navi: terminationGracePeriodSeconds is 29; preStop (5 s) and draining (25 s) need 30")]
    [InlineData(Deployment, "maxUnavailable: 0", "maxUnavailable: 1", "a rollout takes one pod", "staging/portable: Deployment navi: strategy must be RollingUpdate")]
    [InlineData("k8s-keda/base/migration.yaml", "image: navi", "image: navi-cli", "the migration Job runs the Deployment's image", "staging/portable: Job navi-migrate: container migrate has the image navi-cli")]
    // Between objects.
    [InlineData("k8s-keda/base/service.yaml", "targetPort: http", "targetPort: web", "Ingress, Service, container, probes", "staging/portable: Service navi goes to the port web; the container has http (8080)")]
    [InlineData(Deployment, "path: /readyz", "path: /ready", "Ingress, Service, container, probes", "staging/portable: Deployment navi: readinessProbe asks for /ready; it must be /readyz")]
    [InlineData("k8s-keda/base/disruption-budget.yaml", "component: server", "component: serving", "every selector finds", "staging/portable: PodDisruptionBudget navi selects")]
    [InlineData(Secrets, "secretKey: token", "secretKey: tocken", "every ConfigMap, secret, key", "staging/portable: the secret navi-metrics has no key token; it has tocken")]
    [InlineData("k8s-keda/base/ingress.yaml", "secretName: navi-tls", "secretName: navi-certificate", "every ConfigMap, secret, key", "staging/portable: Ingress: no ExternalSecret makes the secret navi-certificate")]
    [InlineData(Policies, "  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress", "  podSelector: {}\n  policyTypes:\n    - Ingress", "nothing comes in or goes out", "staging/portable: no NetworkPolicy selects every pod and lets nothing in or out")]
    [InlineData(Policies, "              k8s-app: kube-dns", "              app.kubernetes.io/name: navi\n              k8s-app: kube-dns", "nothing comes in or goes out", "staging/portable: NetworkPolicy names: it lets pods go to NAVI's pods in the namespace kube-system")]
    // Scaling.
    [InlineData(PortableScaling, "FROM durable.backlog", "FROM durable.backlogs", "the scaler's queries read views", "staging/portable: a query reads durable.backlogs; the role navi_scaler may read")]
    [InlineData("k8s-keda/environments/staging/kustomization.yaml", "path: /spec/minReplicaCount\n        value: 1", "path: /spec/minReplicaCount\n        value: 0", "KEDA scales the Deployment, never to zero", "staging/portable: ScaledObject navi: minReplicaCount is 0")]
    [InlineData(PortableScaling, "targetQueryValue: \"24\"", "targetQueryValue: \"40\"", "KEDA scales the Deployment, never to zero", "staging/portable: ScaledObject navi: the trigger backlog asks a pod to hold 40; it must be from 1 to 32")]
    [InlineData(PortableScaling, "    name: navi\n  pollingInterval", "    name: navigator\n  pollingInterval", "KEDA scales the Deployment, never to zero", "staging/portable: ScaledObject navi scales Deployment navigator, which is not there")]
    [InlineData(AzureScaling, "queueName: navi-control-03", "queueName: navi-control-3", "the scaler asks for the queues", "staging/azure-functions: no trigger asks for the queue navi-control-03")]
    [InlineData("k8s-keda/overlays/staging/azure-functions/installation.env", "accountName=naviexample", "accountName=another", "the scaler asks for the queues", "staging/azure-functions: the trigger for navi-workitems asks the account naviexample; AzureWebJobsStorage__accountName is another")]
    public async Task RunAsync_PlantedFault_IsFoundByItsCheckAlone(string file, string old, string put, string check, string problem)
    {
        using var tree = new CopiedTree(CopiedTree.Manifests);
        tree.Replace(file, old, put);

        // The overlay that the problem is named after; all four take four times as long.
        var name = problem.Split(':')[0];
        var overlay = await Kustomize.RenderAsync(name, Path.Combine(tree.Root, "k8s-keda", "overlays", name), TestContext.Current.CancellationToken);
        Assert.Null(overlay.Problem);
        var failed = KubernetesChecks.Checks(tree.Root, [overlay]).Where(c => !c.Holds).ToList();

        var found = Assert.Single(failed);
        Assert.StartsWith(check, found.Name, StringComparison.Ordinal);
        Assert.Contains(found.Problems, p => p.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_OverlayThatIsMissingOrBroken_IsSaid()
    {
        using var tree = new CopiedTree(CopiedTree.Manifests);
        Directory.Delete(Path.Combine(tree.Root, "k8s-keda/overlays/production/portable"), recursive: true);
        tree.Replace("k8s-keda/overlays/staging/portable/kustomization.yaml", "../../../runtimes/portable", "../../../runtimes/none");

        var rendered = (await KubernetesChecks.RunAsync(tree.Root, TestContext.Current.CancellationToken)).Checks[0];

        Assert.Contains(rendered.Problems, p => p.StartsWith("production/portable: there is no", StringComparison.Ordinal));
        Assert.Contains(rendered.Problems, p => p.StartsWith("staging/portable: kubectl kustomize ended with 1", StringComparison.Ordinal));
    }
}
