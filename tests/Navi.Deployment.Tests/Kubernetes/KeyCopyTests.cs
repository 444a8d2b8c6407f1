using System.Diagnostics;
using Navi.DeploymentChecks.Kubernetes;

namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>The init container's command gives key files the mode that NAVI asks for.</summary>
public sealed class KeyCopyTests
{
    [Fact]
    public async Task Command_FilesOfASecretVolume_AreReadableByTheirOwnerAlone()
    {
        var pod = (await Manifests.OverlayAsync("production/portable")).Server!.Pod;
        var command = pod.List("initContainers").Single().List("command").Select(w => w.Text()!).ToList();
        var root = Directory.CreateTempSubdirectory("navi-keys-").FullName;
        try
        {
            // As the kubelet lays a secret out: the names are links into a folder that begins with two dots.
            var (secret, keys) = (Directory.CreateDirectory(Path.Combine(root, "run/navi/secret/..data")).FullName, Directory.CreateDirectory(Path.Combine(root, "run/navi/keys")).FullName);
            foreach (var name in (string[])["key-1", "key-2"])
            {
                await File.WriteAllTextAsync(Path.Combine(secret, name), name, TestContext.Current.CancellationToken);
                File.SetUnixFileMode(Path.Combine(secret, name), UnixFileMode.UserRead | UnixFileMode.GroupRead);
                File.CreateSymbolicLink(Path.Combine(secret, "..", name), "..data/" + name);
            }

            // Again, too: a container that is started again finds its files there.
            for (var times = 0; times < 2; times++)
            {
                using var shell = Process.Start(command[0], command[1..].Select(w => w.Replace("/run/navi", Path.Combine(root, "run/navi"), StringComparison.Ordinal)));
                await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.Equal(0, shell.ExitCode);
            }

            Assert.Equal(["key-1", "key-2"], Directory.GetFileSystemEntries(keys).Select(Path.GetFileName).Order());
            Assert.All(Directory.GetFiles(keys), f => Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(f)));
            Assert.Equal("key-2", await File.ReadAllTextAsync(Path.Combine(keys, "key-2"), TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
