using System.Diagnostics;
using Navi.DeploymentChecks.Workflows;
using Navi.Drills.Tools;
using Navi.Testing;

namespace Navi.Deployment.Tests.Workflows;

/// <summary>The pipeline's own script asks the new pod and no other, with a <c>kubectl</c> and a <c>navi</c> that write down what they are asked.</summary>
public sealed class FirstPodSmokeTests : IDisposable
{
    private const string Image = "ghcr.io/acme/navi/portable@sha256:bbbb";
    private const string Pods = $"navi-old ghcr.io/acme/navi/portable@sha256:aaaa\nnavi-before {Image}\nnavi-new {Image}\nnavi-late ghcr.io/acme/navi/portable@sha256:aaaa\n";

    private readonly string place = Directory.CreateTempSubdirectory("navi-first-pod-").FullName;

    [Fact]
    public async Task Script_OldAndNewPods_AsksTheYoungestOfTheImageForItsRevisionAndLeavesNothingRunning()
    {
        var run = await RunAsync(Pods, "echo 'Forwarding from 127.0.0.1:41234 -> 8080'", 0);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("smoke --url http://127.0.0.1:41234 --expect-version 0123abc\n", await AskedAsync("navi"));
        Assert.Contains("port-forward --namespace navi-staging pod/navi-new :8080\n", await AskedAsync("kubectl"), StringComparison.Ordinal);
        Assert.False(await IsForwardingAsync());
    }

    [Theory]
    [InlineData("navi-old ghcr.io/acme/navi/portable@sha256:aaaa\n", "echo 'Forwarding from 127.0.0.1:41234 -> 8080'", 0, "::error::No pod runs " + Image)]
    [InlineData(Pods, "echo 'error: pods is forbidden'; exit 1", 0, "::error::navi-new can't be reached: error: pods is forbidden")]
    [InlineData(Pods, "echo 'Forwarding from 127.0.0.1:41234 -> 8080'", 1, "")]
    public async Task Script_SomethingIsWrong_Fails(string pods, string forward, int smoke, string said)
    {
        var run = await RunAsync(pods, forward, smoke);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(said, run.Output, StringComparison.Ordinal);
        Assert.False(await IsForwardingAsync());
    }

    public void Dispose() => Directory.Delete(place, recursive: true);

    private async Task<ToolResult> RunAsync(string pods, string forward, int smoke)
    {
        await File.WriteAllTextAsync(Path.Combine(place, "pods"), pods, TestContext.Current.CancellationToken);
        Program("kubectl", $"case $1 in get) cat pods ;; port-forward) echo $$ > forwarding; {forward}; exec sleep 600 ;; esac");
        Program("navi", $"exit {smoke}");
        var script = Assert.Single(Workflow.Of(SourceTree.Root).Single(w => w.Name == "deploy-kubernetes.yml").Scripts, s => s.Script.Contains("kubectl port-forward", StringComparison.Ordinal)).Script;
        // As GitHub runs a step with 'shell: bash'.
        var file = Path.Combine(place, "step.sh");
        await File.WriteAllTextAsync(file, script, TestContext.Current.CancellationToken);
        return await Tool.RunAsync(place, "env", [$"PATH={place}:/usr/bin:/bin", "NAMESPACE=navi-staging", $"IMAGE={Image}", "REVISION=0123abc", "bash", "--noprofile", "--norc", "-eo", "pipefail", file], TestContext.Current.CancellationToken);
    }

    private void Program(string name, string body)
    {
        var file = Path.Combine(place, name);
        File.WriteAllText(file, $"#!/bin/sh\necho \"$@\" >> {name}.asked\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Task<string> AskedAsync(string name) => File.ReadAllTextAsync(Path.Combine(place, $"{name}.asked"), TestContext.Current.CancellationToken);

    private async Task<bool> IsForwardingAsync()
    {
        var file = Path.Combine(place, "forwarding");
        if (!File.Exists(file))
            return false;
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-0", (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Trim()]) { RedirectStandardError = true })!;
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return kill.ExitCode == 0;
    }
}
