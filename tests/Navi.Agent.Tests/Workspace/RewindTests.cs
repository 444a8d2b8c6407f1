using Navi.Agent.Tests.Support;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tests.Workspace;

/// <summary>A workspace that is ahead of a restored database goes on from where the database stands.</summary>
public sealed class RewindTests : IDisposable
{
    private static readonly string Task = Guid.CreateVersion7().ToString();
    private readonly AgentHands hands = new();
    private readonly SourceFixture source = new();

    private WorkspaceStore Store => hands.Store;

    public void Dispose()
    {
        hands.Dispose();
        source.Dispose();
    }

    [Fact]
    public async Task Rewind_ToAnEarlierStep_TakesTheSameStepAgainWithAnotherResult()
    {
        source.With("a.txt", "one\n").Commit();
        await hands.PrepareAsync(Task, source.Path);
        var known = hands.Step(Task, "1-0", root => File.WriteAllText(Path.Combine(root, "a.txt"), "two\n"));
        hands.Step(Task, "2-0", root => File.WriteAllText(Path.Combine(root, "a.txt"), "lost\n"));

        Assert.True(Store.Rewind(Task, known));

        Assert.Equal(known, Store.Head(Task));
        var again = hands.Step(Task, "2-0", root =>
        {
            Assert.Equal("two\n", File.ReadAllText(Path.Combine(root, "a.txt")));
            File.WriteAllText(Path.Combine(root, "a.txt"), "three\n");
        });
        Assert.Equal(again, Store.Head(Task));
    }

    [Fact]
    public async Task Rewind_WithoutACommit_GoesBackToTheBase()
    {
        source.With("a.txt", "one\n").Commit();
        var head = await hands.PrepareAsync(Task, source.Path);
        hands.Step(Task, "1-0", root => File.WriteAllText(Path.Combine(root, "a.txt"), "lost\n"));

        Assert.True(Store.Rewind(Task, null));

        Assert.Equal(head, Store.Head(Task));
    }

    [Fact]
    public async Task Rewind_ToACommitThatIsNotHere_ChangesNothing()
    {
        source.With("a.txt", "one\n").Commit();
        var head = await hands.PrepareAsync(Task, source.Path);

        Assert.False(Store.Rewind(Task, new string('0', 39) + "1"));
        Assert.False(Store.Rewind(Guid.CreateVersion7().ToString(), null));

        Assert.Equal(head, Store.Head(Task));
        Assert.Equal([Guid.Parse(Task)], Store.Tasks());
    }
}
