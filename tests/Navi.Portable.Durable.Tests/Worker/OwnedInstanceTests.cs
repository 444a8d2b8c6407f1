using Navi.Portable.Durable.Engine;
using Navi.Portable.Durable.Worker;

namespace Navi.Portable.Durable.Tests.Worker;

public sealed class OwnedInstanceTests
{
    private readonly OwnedInstance owned = Make("one");

    [Fact]
    public void Tell_Idle_BeginsOnceAndIsTakenInOrder()
    {
        Assert.True(owned.Tell(Message(1), out var first));
        Assert.True(owned.Tell(Message(2), out var second));

        Assert.Equal((true, false), (first, second));
        Assert.Equal([1L, 2L], owned.Take().Told.Select(message => message.Activity!.Value));
        Assert.False(owned.EndTurn());
    }

    [Fact]
    public void EndTurn_ToldMeanwhile_StaysBusy()
    {
        owned.Address(out _);
        owned.Take();
        owned.Tell(Message(1), out var begins);

        Assert.False(begins);
        Assert.True(owned.EndTurn());
    }

    [Fact]
    public void TryTellInbox_NothingSinceTheTicket_Begins()
    {
        Assert.True(owned.TryTellInbox(owned.Ticket()!.Value, [Message(1)]));
        Assert.Null(owned.Ticket());
    }

    [Fact]
    public void TryTellInbox_ATurnSinceTheTicket_IsRefused()
    {
        var ticket = owned.Ticket()!.Value;
        owned.Address(out _);
        owned.Take();
        owned.EndTurn();

        // What the sender read may have been heard in that turn.
        Assert.False(owned.TryTellInbox(ticket, [Message(1)]));
    }

    [Fact]
    public void TryTellInbox_WhileATurnRuns_IsRefused()
    {
        var ticket = owned.Ticket()!.Value;
        owned.Address(out _);

        Assert.False(owned.TryTellInbox(ticket, [Message(1)]));
    }

    [Fact]
    public void TryLeaveBusy_SomethingCame_IsKept()
    {
        owned.Address(out _);
        owned.Take();
        owned.Tell(Message(1), out _);

        Assert.False(owned.TryLeaveBusy());
        Assert.Single(owned.Take().Told);
        Assert.True(owned.TryLeaveBusy());
    }

    [Fact]
    public void Tell_Gone_IsRefused()
    {
        Assert.True(owned.TryLeaveIdle());

        Assert.False(owned.Tell(Message(1), out _));
        Assert.False(owned.Address(out _));
        Assert.Null(owned.Ticket());
    }

    [Fact]
    public void Leave_WithMessages_AnswersThem()
    {
        owned.Tell(Message(1), out _);

        Assert.Equal([1L], owned.Leave().Select(message => message.Activity!.Value));
    }

    internal static OwnedInstance Make(string id, long epoch = 1) => new(new ClaimedInstance(id, 1, "Any", "", InstanceStatus.Running, 1, 0, null, null, epoch, default), 0);

    private static InboxMessage Message(long activity) => new(0, MessageKind.ActivityCompleted, 1, 0, "Any", null, null) { Activity = activity };
}
