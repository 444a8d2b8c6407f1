using Navi.Agent.Sandbox;
using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Workspace;

public sealed class FileModeTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly AgentHands hands = new();
    private readonly SourceFixture source = new();

    [Fact]
    public async Task Prepare_RootAndTaskDirectory_AreForThisUserAlone()
    {
        source.With("a.txt", "one\n").Commit();
        await hands.PrepareAsync("t", source.Path);
        Assert.Equal(Private, File.GetUnixFileMode(hands.Root));
        Assert.Equal(Private, File.GetUnixFileMode(Path.Combine(hands.Root, "t")));
    }

    [Fact]
    public async Task CommitAttempt_SetuidFilesOfACommand_LoseTheBit()
    {
        var head = source.With("a.sh", "#!/bin/sh\n").With(".gitignore", "out/\n").Commit();
        await hands.PrepareAsync("t", source.Path);
        var tree = hands.Store.OpenAttempt("t", "c1", 1, head);
        var outcome = await hands.Get<CommandRunner>().RunAsync(
            CommandRequest.Shell("mkdir out && cp /bin/true out/tool && cp /bin/true new && chmod 6755 a.sh new out/tool && ln -s new link && stat -c %a a.sh new out/tool", tree.Directory, TimeSpan.FromSeconds(20)),
            TestContext.Current.CancellationToken);
        Assert.Equal("6755\n6755\n6755\n", outcome.Output);

        var commit = hands.Store.CommitAttempt(tree, "c1");
        hands.Store.Advance(tree, commit);

        var next = hands.Store.OpenAttempt("t", "c2", 1, commit).Directory;
        foreach (var file in new[] { "a.sh", "new", "out/tool" })
        {
            var mode = File.GetUnixFileMode(Path.Combine(next, file));
            Assert.False(mode.HasFlag(UnixFileMode.SetUser) || mode.HasFlag(UnixFileMode.SetGroup), $"{file}: {mode}");
            Assert.True(mode.HasFlag(UnixFileMode.UserExecute), file);
        }
    }

    public void Dispose()
    {
        hands.Dispose();
        source.Dispose();
    }
}
