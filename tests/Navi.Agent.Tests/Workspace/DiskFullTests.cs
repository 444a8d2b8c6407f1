using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Navi.Agent.Tests.Support;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tests.Workspace;

public sealed class DiskFullTests
{
    [Fact]
    public async Task FullDisk_WhilePreparingAndCommitting_IsSaidAndRepairedWhenThereIsRoom()
    {
        using var directory = new TempDirectory();
        var disk = Directory.CreateDirectory(directory["disk"]).FullName;
        if (!Mount("-t", "tmpfs", "-o", "size=2m", "tmpfs", disk))
            Assert.Skip("Mounting a small disk needs root.");
        try
        {
            using var source = new SourceFixture();
            var noise = new byte[3 << 20];
            new Random(1).NextBytes(noise);
            var head = source.With("big.bin", noise).Commit();
            var store = new WorkspaceStore(Options.Create(new WorkspaceOptions { Root = disk }), TimeProvider.System, NullLogger<WorkspaceStore>.Instance);
            var stop = TestContext.Current.CancellationToken;

            Assert.Equal("disk_full", (await Assert.ThrowsAsync<WorkspaceException>(() => store.PrepareAsync("t", source.Path, stop))).Code);

            // Room for the objects, not for the files.
            Assert.True(Mount("-o", "remount,size=5m", disk));
            Assert.Equal(head, (await store.PrepareAsync("t", source.Path, stop)).BaseCommit);
            Assert.Equal("disk_full", Assert.Throws<WorkspaceException>(() => store.OpenAttempt("t", "c1", 1, head)).Code);

            Assert.True(Mount("-o", "remount,size=8m", disk));
            var tree = store.OpenAttempt("t", "c1", 2, head);
            new Random(2).NextBytes(noise);
            File.WriteAllBytes(Path.Combine(tree.Directory, "big.bin"), noise);
            Assert.Equal("disk_full", Assert.Throws<WorkspaceException>(() => store.CommitAttempt(tree, "too much")).Code);
            Assert.Equal(head, store.Head("t"));

            Assert.True(Mount("-o", "remount,size=40m", disk));
            var commit = store.CommitAttempt(tree, "fits");
            store.Advance(tree, commit);
            Assert.Equal(noise, File.ReadAllBytes(Path.Combine(store.OpenScratch("t", "look", 1, commit).Directory, "big.bin")));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    private static bool Mount(params string[] arguments) => Run("mount", arguments);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
