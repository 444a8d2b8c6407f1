using System.Diagnostics;
using System.Text.Json.Nodes;
using Navi.DeploymentChecks.Images;
using Navi.DeploymentChecks.Kubernetes;
using Navi.Testing;

namespace Navi.Deployment.Tests.Images;

/// <summary>The portable image runs as the manifests run it, in production: its files, user, volumes, environment and commands, with nothing else to write to and no network but its own.</summary>
[Collection(PublishedImageGroup.Name)]
public sealed class ServedImageTests(PublishedImage image)
{
    private const string Overlay = "production/portable";
    private const string Request = "import http.client, sys; c = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=10); c.request('GET', sys.argv[2]); a = c.getresponse(); print(a.status, a.read().decode())";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pods_OfTheManifests_MigrateServeWriteOnlyToTheirVolumesAndEndWithZero()
    {
        await using var pods = await DeployedPods.CreateAsync(image, Overlay);
        var migrated = await EndAsync(pods, pods.Make("Job"), pods.PodOf("Job").List("containers").Single());
        Assert.True(migrated.ExitCode == 0, migrated.Log);
        var pod = await BegunAsync(pods);
        var specification = pods.PodOf("Deployment");
        var container = specification.List("containers").Single();

        await using var serving = pods.Start(pod, container);
        await BecomesAsync(serving, container, "readinessProbe", "200 ");

        Assert.StartsWith("200 ", await AskAsync(serving, container, "livenessProbe"), StringComparison.Ordinal);
        var status = await serving.StatusAsync(Stop);
        Assert.All(((string, int)[])[("Uid", pod.User.Id), ("Gid", pod.User.Group)], s => Assert.Equal(string.Join('\t', Enumerable.Repeat(s.Item2, 4)), status[s.Item1]));
        Assert.Equal(("0000000000000000", "1"), (status["CapEff"], status["NoNewPrivs"]));
        await WritesOnlyToItsVolumesAsync(serving, container);
        await HealthCheckTellsAsync(serving);
        Assert.Contains("\"environment\":\"Production\"", serving.Log, StringComparison.Ordinal);
        var asked = Stopwatch.StartNew();
        await serving.SignalAsync("TERM");
        Assert.Equal(0, await serving.ExitCodeAsync(Grace(specification, container)));
        TestContext.Current.TestOutputHelper?.WriteLine($"It ended {asked.ElapsedMilliseconds} ms after SIGTERM; the pod has {Grace(specification, container).TotalSeconds} s.");
    }

    [Fact]
    public async Task Serve_VolumeOfTheWorkspacesCannotBeWritten_LivesAndIsNotReady()
    {
        await using var pods = await DeployedPods.CreateAsync(image, Overlay);
        var pod = await BegunAsync(pods);
        var container = pods.PodOf("Deployment").List("containers").Single().DeepClone();
        container.List("volumeMounts").Single(m => m.Text("name") == "workspaces").AsObject()["readOnly"] = true;

        await using var serving = pods.Start(pod, container);
        await BecomesAsync(serving, container, "readinessProbe", "503 ");

        // It lives, so nobody starts it again and again for what it can't help.
        Assert.StartsWith("200 ", await AskAsync(serving, container, "livenessProbe"), StringComparison.Ordinal);
        Assert.Contains("disk: The directory of the workspaces can't be written to.", await AskAsync(serving, container, "readinessProbe"), StringComparison.Ordinal);
    }

    // The pod with its init containers through.
    private static async Task<LocalPod> BegunAsync(DeployedPods pods)
    {
        var pod = pods.Make("Deployment");
        foreach (var first in pods.PodOf("Deployment").List("initContainers"))
        {
            var (code, log) = await EndAsync(pods, pod, first);
            Assert.True(code == 0, log);
        }
        return pod;
    }

    private static async Task<(int ExitCode, string Log)> EndAsync(DeployedPods pods, LocalPod pod, JsonNode container)
    {
        await using var running = pods.Start(pod, container);
        return (await running.ExitCodeAsync(Wait.Patience), running.Log);
    }

    private static Task BecomesAsync(LocalContainer serving, JsonNode container, string probe, string answer) => Wait.UntilAsync(
        async () => serving.HasExited ? throw new InvalidOperationException($"It ended: {serving.Log}") : serving.Pid is not null && (await AskAsync(serving, container, probe)).StartsWith(answer, StringComparison.Ordinal),
        () => $"{probe} is never answered with {answer}: {serving.Log}");

    // From inside, as nothing of the machine reaches a pod's network; nothing as long as it does not listen.
    private static async Task<string> AskAsync(LocalContainer serving, JsonNode container, string probe)
    {
        var get = container.At(probe, "httpGet");
        var port = container.List("ports").Single(p => p.Text("name") == get.Text("port")).Text("containerPort")!;
        var answer = await serving.ExecAsync(["python3", "-c", Request, port, get.Text("path")!], Stop);
        return answer.ExitCode == 0 ? answer.Output : "";
    }

    private static async Task WritesOnlyToItsVolumesAsync(LocalContainer serving, JsonNode container)
    {
        var mounts = container.List("volumeMounts").ToLookup(m => m.Flag("readOnly") ?? false, m => m.Text("mountPath")!);
        foreach (var directory in mounts[false])
            Assert.Equal((0, ""), await TouchAsync(directory));
        foreach (var directory in mounts[true].Concat(["", "/etc", "/usr", "/usr/local/bin", "/opt/navi", "/opt", "/run", "/var/lib", "/mnt"]))
        {
            var (code, said) = await TouchAsync(directory);
            Assert.True(code != 0 && said.Contains("Read-only file system", StringComparison.Ordinal), $"{directory}/: {code} {said}");
        }

        async Task<(int, string)> TouchAsync(string directory)
        {
            var touched = await serving.ExecAsync(["touch", $"{directory}/written-by-the-test"], Stop);
            return (touched.ExitCode, touched.Output);
        }
    }

    private async Task HealthCheckTellsAsync(LocalContainer serving)
    {
        var command = Dockerfile.Command(image.Dockerfile.Final("HEALTHCHECK")!.Text);
        var well = await serving.ExecAsync(command, Stop);
        Assert.True(well.ExitCode == 0, well.Output);
        // A process that hangs still has its port.
        await serving.SignalAsync("STOP");
        var hung = await serving.ExecAsync(command, Stop);
        await serving.SignalAsync("CONT");
        Assert.True(hung.ExitCode != 0, "HEALTHCHECK is content with a process that has stopped.");
    }

    private static TimeSpan Grace(JsonNode pod, JsonNode container) =>
        TimeSpan.FromSeconds(pod.Number("terminationGracePeriodSeconds")!.Value - int.Parse(container.List("lifecycle", "preStop", "exec", "command").Last().Text()!, System.Globalization.CultureInfo.InvariantCulture));
}
