using Navi.Portable.Durable.Worker;

namespace Navi.Portable.Durable.Tests.Worker;

public sealed class OwnedInstancesTests
{
    private readonly OwnedInstances owned = new();

    [Fact]
    public void Evict_SomeIdleAndOneBusy_TakesTheLongestUnused()
    {
        var (first, second, busy) = (Idle("first"), Idle("second"), Idle("busy"));
        owned.Idle(first);
        busy.Address(out _);

        Assert.Equal([second, first], owned.Evict(3));
        Assert.Equal(["busy"], owned.Ids);
    }

    [Fact]
    public void Add_AnIdleOneOfTheSameId_AnswersTheOldOneOutOfEveryList()
    {
        var old = Idle("same");
        var next = OwnedInstanceTests.Make("same", epoch: 2);

        Assert.Same(old, owned.Add(next));
        Assert.Empty(owned.Evict(1).Except([next]));
        Assert.False(old.Tell(new(0, default, 1, 0, null, null, null), out _));
    }

    [Fact]
    public void Idle_OneThatWasRemovedMeanwhile_IsNotListed()
    {
        var gone = Idle("gone");
        owned.Remove(gone);

        owned.Idle(gone);

        Assert.Null(gone.Place);
        Assert.Empty(owned.Evict(1));
    }

    private OwnedInstance Idle(string id)
    {
        var made = OwnedInstanceTests.Make(id);
        owned.Add(made);
        owned.Idle(made);
        return made;
    }
}
