using Navi.Platform.Checkpoints;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Tests.Tasks;
using Navi.Testing;

namespace Navi.Platform.Tests.Checkpoints;

public sealed class DecisionsTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DecisionRequest Approve = new("approve", null, null, null);
    private static readonly DecisionRequest Reject = new("reject", "not like this", null, null);

    [Fact]
    public async Task DecideAsync_SameTwice_IsRepeatedAndOneRow()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (_, gate) = await OpenAsync(platform);

        var first = await Decide(platform, gate, Approve, "bob");
        var second = await Decide(platform, gate, Approve, "bob");

        Assert.Equal((DecisionOutcome.Recorded, DecisionOutcome.Repeated), (first.Outcome, second.Outcome));
        Assert.Equal(first.Row!.DecidedAt, second.Row!.DecidedAt);
        Assert.Null(second.Message);
    }

    [Fact]
    public async Task DecideAsync_SameFromTenAtOnce_OneRecordsNineRepeat()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (_, gate) = await OpenAsync(platform);

        var outcomes = (await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Decide(platform, gate, Approve, "bob")))).Select(d => d.Outcome).ToList();

        Assert.Single(outcomes, DecisionOutcome.Recorded);
        Assert.Equal(9, outcomes.Count(o => o == DecisionOutcome.Repeated));
    }

    [Fact]
    public async Task DecideAsync_OtherAfterSettlement_IsSettledWithWhoAndWhen()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (_, gate) = await OpenAsync(platform);
        await Decide(platform, gate, Approve, "bob");

        var late = await Decide(platform, gate, Reject, "carol");

        Assert.Equal((DecisionOutcome.Settled, "bob", "approved"), (late.Outcome, late.Row!.DecidedBy, late.Row.Status));
    }

    [Fact]
    public async Task DecideAsync_AfterExpiry_IsClosedAndExpired()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (_, gate) = await OpenAsync(platform, lifetime: TimeSpan.FromMilliseconds(1));

        var late = await Decide(platform, gate, Approve, "bob");

        Assert.Equal((DecisionOutcome.Closed, "expired"), (late.Outcome, late.Row!.Status));
        Assert.NotNull(late.Message);
    }

    [Fact]
    public async Task LookAsync_NoDecisionBeforeExpiry_ChangesNothing()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (task, gate) = await OpenAsync(platform);

        Assert.Equal("pending", (await platform.Checkpoints.LookAsync(gate.Id, None)).Status);
        Assert.Equal("waiting", (await platform.Tasks.FindAsync(Scope.System, task.Id, None))!.Status);
    }

    [Theory]
    [InlineData("Staging", "ada", "approve", DecisionOutcome.OwnRequest)]
    [InlineData("Production", "ada", "approve", DecisionOutcome.OwnRequest)]
    [InlineData("Production", "ada", "reject", DecisionOutcome.Recorded)]
    [InlineData("Production", "bob", "approve", DecisionOutcome.Recorded)]
    [InlineData("Local", "ada", "approve", DecisionOutcome.Recorded)]
    public async Task DecideAsync_ByRequester_DependsOnTheEnvironment(string environment, string person, string decision, DecisionOutcome expected)
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (_, gate) = await OpenAsync(platform, environment);

        var decided = await Decide(platform, gate, new DecisionRequest(decision, null, null, null), person);

        Assert.Equal(expected, decided.Outcome);
        if (expected == DecisionOutcome.Recorded)
            Assert.Equal(person == "ada" && decision == "approve", decided.Row!.SelfApproved);
    }

    [Fact]
    public async Task DecideAsync_OtherDigestThanShown_IsOtherAction()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (_, gate) = await OpenAsync(platform);

        Assert.Equal(DecisionOutcome.OtherAction, (await Decide(platform, gate, Approve with { ActionDigest = new string('0', 64) }, "bob")).Outcome);
        Assert.Equal(DecisionOutcome.Recorded, (await Decide(platform, gate, Approve with { ActionDigest = gate.ActionDigest }, "bob")).Outcome);
    }

    [Theory]
    [InlineData("question", "approve", DecisionOutcome.WrongKind)]
    [InlineData("action", "respond", DecisionOutcome.WrongKind)]
    [InlineData("question", "respond", DecisionOutcome.Recorded)]
    public async Task DecideAsync_DecisionAndKind_MustFit(string kind, string decision, DecisionOutcome expected)
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (_, gate) = await OpenAsync(platform, kind: kind);

        Assert.Equal(expected, (await Decide(platform, gate, new DecisionRequest(decision, null, decision == "respond" ? "42" : null, null), "bob")).Outcome);
    }

    [Fact]
    public async Task DecideAsync_WhileTheTaskIsCancelled_OneOfThemComesFirstAndNeitherFails()
    {
        await using var platform = await TestPlatform.CreateAsync();
        for (var i = 0; i < 25; i++)
        {
            var (task, gate) = await OpenAsync(platform);

            var decided = Task.Run(() => Decide(platform, gate, Approve, "bob"));
            var cancelled = Task.Run(() => platform.Tasks.CancelAsync(Scope.Of("acme"), task.Id, "ada", None));
            await Task.WhenAll(decided, cancelled, Task.Run(() => platform.Checkpoints.LookAsync(gate.Id, None)));

            Assert.Equal((await decided).Outcome == DecisionOutcome.Recorded ? "approved" : "cancelled", (await platform.Checkpoints.LookAsync(gate.Id, None)).Status);
        }
    }

    [Fact]
    public async Task DecideAsync_OtherOrganisation_FindsNothing()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (_, gate) = await OpenAsync(platform);

        Assert.Equal(DecisionOutcome.NotFound, (await platform.Decisions.DecideAsync(Scope.Of("other"), gate.Id, Approve, "eve", None)).Outcome);
    }

    [Fact]
    public async Task OpenAsync_ApprovedInAdvance_SettlesReviewsButNotQuestions()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var task = await platform.CreateTaskAsync(preApproved: true);
        await platform.Progress.StartAsync(task.Id, None);

        var review = await platform.Checkpoints.OpenAsync(Gates.Action(task.Id, 1, "review"), None);
        var question = await platform.Checkpoints.OpenAsync(Gates.Action(task.Id, 2, "question"), None);

        Assert.Equal(("approved", "ada", true), (review.Status, review.DecidedBy, review.SelfApproved));
        Assert.Equal("pending", question.Status);
    }

    [Fact]
    public async Task OpenAsync_SameNumberAgain_ReturnsTheFirstGate()
    {
        await using var platform = await TestPlatform.CreateAsync();
        var (task, gate) = await OpenAsync(platform);

        Assert.Equal(gate.Id, (await platform.Checkpoints.OpenAsync(Gates.Action(task.Id), None)).Id);
    }

    private static Task<(DecisionOutcome Outcome, CheckpointRow? Row, Navi.Platform.Outbox.OutboxRow? Message)> Decide(TestPlatform platform, CheckpointRow gate, DecisionRequest request, string person) =>
        platform.Decisions.DecideAsync(Scope.Of("acme"), gate.Id, request, person, None);

    private static async Task<(TaskRow Task, CheckpointRow Gate)> OpenAsync(TestPlatform platform, string environment = "Local", string kind = "action", TimeSpan? lifetime = null)
    {
        var task = await platform.CreateTaskAsync(environment: environment);
        await platform.Progress.StartAsync(task.Id, None);
        return (task, await platform.Checkpoints.OpenAsync(Gates.Action(task.Id, 1, kind, lifetime), None));
    }
}
