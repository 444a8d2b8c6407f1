using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Effects;
using Navi.Testing.Service;
using Navi.Platform.Checkpoints;
using Navi.Platform.Data;
using Navi.Platform.Tasks;

namespace Navi.Orchestrations.Tests.AgentTasks;

/// <summary>What changes between an approval and its action, or behind the orchestration's back.</summary>
public sealed class LateChangeTests
{
    private static readonly (string, object) Done = ("finish_task", new { status = "done", summary = "finished" });

    [Fact]
    public async Task Orchestration_EndedFromOutside_ClosesItsTaskAsFailed()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("ask_person", new { question = "Well?" })] : [Done]);
        var task = await slice.CreateAsync();
        await slice.PendingAsync(task);

        await slice.Services.GetRequiredService<DurableTaskClient>().TerminateInstanceAsync(task.ToString(), "an operator ended it");

        var ended = await slice.FinishedAsync(task);
        Assert.Equal("failed", ended.GetProperty("stop_reason").GetString());
        Assert.Contains("Terminated", ended.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Equal("cancelled", Assert.Single(ended.GetProperty("checkpoints").EnumerateArray()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Policy_OtherThanTheOneThatDecided_StartsNothing()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("run_command", new { command = "frobnicate" })] : [Done]);
        var task = await slice.CreateAsync();
        await slice.PendingAsync(task);
        var ledger = slice.Services.GetRequiredService<EffectLedger>();

        var start = await ledger.BeginAsync(task, "0-0", TimeSpan.FromMinutes(1), new string('f', 64), CancellationToken.None);

        Assert.Equal((LedgerAnswer.Settled, "rejected", 0), (start.Kind, start.Row.Status, start.Row.Attempt));
        Assert.Contains("policy has changed", (await ledger.ResultAsync(start.Row, CancellationToken.None))!.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_AfterTheApprovalAndBeforePublishing_PublishesNothing()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("write_file", new { path = "b.txt", content = "two\n" })] : [Done]);
        var task = await slice.CreateAsync();
        var gate = (await slice.PendingAsync(task)).GetProperty("id").GetGuid();

        // The approval's wake-up is held back, so that the request to cancel comes between the two.
        await slice.Services.GetRequiredService<Decisions>().DecideAsync(Scope.Of("local"), gate, new DecisionRequest("approve", null, null, null), "local", CancellationToken.None);
        await slice.Services.GetRequiredService<TaskStore>().CancelAsync(Scope.Of("local"), task, "local", CancellationToken.None);

        Assert.Equal("cancelled", (await slice.FinishedAsync(task)).GetProperty("stop_reason").GetString());
        Assert.Equal("", await slice.GitAsync("for-each-ref", "refs/heads/navi/"));
    }

    [Fact]
    public async Task Attempt_OfAnOvertakenProcess_StoresNothing()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("run_command", new { command = "frobnicate" })] : [Done]);
        var task = await slice.CreateAsync();
        var gate = (await slice.PendingAsync(task)).GetProperty("id").GetGuid();
        await slice.Services.GetRequiredService<Decisions>().DecideAsync(Scope.Of("local"), gate, new DecisionRequest("approve", null, null, null), "local", CancellationToken.None);
        var ledger = slice.Services.GetRequiredService<EffectLedger>();
        var digest = (await ledger.FindAsync(task, "0-0", CancellationToken.None))!.PolicyDigest;

        var first = await ledger.BeginAsync(task, "0-0", TimeSpan.FromMinutes(1), digest, CancellationToken.None);
        var second = await ledger.BeginAsync(task, "0-0", TimeSpan.FromMinutes(1), digest, CancellationToken.None);

        Assert.Equal((1, 2), (first.Row.Attempt, second.Row.Attempt));
        Assert.Equal(first.Row.ParentCommit, second.Row.ParentCommit);
        Assert.False(await ledger.CompleteAsync(first.Row, new StoredResult("late", false, null), first.Row.ParentCommit, CancellationToken.None));
        Assert.True(await ledger.CompleteAsync(second.Row, new StoredResult("current", false, null), second.Row.ParentCommit, CancellationToken.None));
        Assert.Equal("current", (await ledger.ResultAsync((await ledger.FindAsync(task, "0-0", CancellationToken.None))!, CancellationToken.None))!.Content);
    }
}
