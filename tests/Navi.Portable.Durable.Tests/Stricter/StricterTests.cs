using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Navi.Portable.Durable.Tests.Support;

namespace Navi.Portable.Durable.Tests.Stricter;

/// <summary>Behaviour, stricter than Microsoft's hosts: what goes to an unknown or ended instance is an error that the caller sees.</summary>
public sealed class StricterTests
{
    // Microsoft's hosts: no error, the event is dropped.
    [Theory, BothModes]
    public async Task Raise_UnknownInstance_ThrowsKeyNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        await NobodyAsync(() => run.RaiseAsync("nobody", "go", "x"));
    }

    // Microsoft's hosts: no error, the event is dropped.
    [Theory, BothModes]
    public async Task Raise_EndedInstance_ThrowsInvalidOperation(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        await EndedAsync(run, id => run.RaiseAsync(id, "go", "x"));
    }

    // Microsoft's hosts: no error.
    [Theory, BothModes]
    public async Task Terminate_UnknownInstance_ThrowsKeyNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        await NobodyAsync(() => run.Client.TerminateInstanceAsync("nobody", run.Limit));
    }

    // Microsoft's hosts: no error, the instance stays as it is.
    [Theory, BothModes]
    public async Task Terminate_EndedInstance_ThrowsInvalidOperation(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        await EndedAsync(run, id => run.Client.TerminateInstanceAsync(id, "too late", run.Limit));
    }

    // Microsoft's hosts: depends on the storage, mostly no error.
    [Theory, BothModes]
    public async Task SuspendOrResume_UnknownInstance_ThrowsKeyNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        await NobodyAsync(() => run.Client.SuspendInstanceAsync("nobody", "why", run.Limit));
        await NobodyAsync(() => run.Client.ResumeInstanceAsync("nobody", "why", run.Limit));
    }

    // Microsoft's hosts: depends on the storage, mostly no error; the instance stays as it is.
    [Theory, BothModes]
    public async Task SuspendOrResume_EndedInstance_ThrowsInvalidOperation(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        await EndedAsync(run, id => run.Client.SuspendInstanceAsync(id, "why", run.Limit));
        await EndedAsync(run, id => run.Client.ResumeInstanceAsync(id, "why", run.Limit));
    }

    // Microsoft's hosts: depends on the client; some wait until they are cancelled.
    [Theory, BothModes]
    public async Task Wait_UnknownInstance_ThrowsKeyNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);

        await NobodyAsync(() => run.Client.WaitForInstanceStartAsync("nobody", run.Limit));
        await NobodyAsync(() => run.Client.WaitForInstanceCompletionAsync("nobody", run.Limit));
    }

    // Microsoft's hosts: depends on the client; some wait until they are cancelled.
    [Theory, BothModes]
    public async Task Wait_InstancePurgedMeanwhile_ThrowsKeyNotFound(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = (await run.RunAsync("Echo", "x")).InstanceId;

        await run.Client.PurgeInstanceAsync(id, run.Limit);

        await Assert.ThrowsAsync<KeyNotFoundException>(() => run.Client.WaitForInstanceCompletionAsync(id, run.Limit));
    }

    // Microsoft's hosts: depends on the storage; the parent may wait for ever.
    [Theory, BothModes]
    public async Task CallSubOrchestrator_IdOfARunningInstance_FailsTheCallAndLeavesThatAlone(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks =>
        {
            CommonTasks.Register(tasks);
            tasks.AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Wait", new SubOrchestrationOptions(instanceId: "taken")));
        });
        await run.WaitingAsync("taken");

        Assert.Contains("already there", (await run.FailureOf("Parent")).InnerFailure!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await run.FindAsync("taken")).RuntimeStatus);
    }

    // Microsoft's hosts: depends on the storage; the parent may wait for itself for ever.
    [Theory, BothModes]
    public async Task CallSubOrchestrator_ItsOwnId_FailsTheCall(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, tasks => tasks.AddOrchestratorFunc("Self", context =>
            context.CallSubOrchestratorAsync("Self", new SubOrchestrationOptions(instanceId: context.InstanceId))));

        Assert.Contains("already there", (await run.FailureOf("Self")).InnerFailure!.ErrorMessage, StringComparison.Ordinal);
    }

    // Microsoft's hosts: without dedupe statuses a start may replace an instance that runs.
    [Theory, BothModes]
    public async Task Start_IdOfALiveInstanceWithoutDedupeStatuses_IsRefused(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync("the-one");

        await Assert.ThrowsAsync<global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException>(() => run.StartAsync("Echo", "x", id));
        await run.RaiseAsync(id, "go", "undisturbed");

        Assert.Equal("undisturbed", await run.OutputOfInstance<string>(id));
        Assert.Equal("x", await run.OutputOfInstance<string>(await run.StartAsync("Echo", "x", id)));
    }

    // Microsoft's hosts: depends on the storage; some take it, some fail later.
    [Theory, BothModes]
    public async Task Names_WithNulCharacter_AreRefusedAtOnce(int sticky)
    {
        await using var run = await Conformance.StartAsync(sticky, CommonTasks.Register);
        var id = await run.WaitingAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => run.StartAsync("Ec\0ho"));
        await Assert.ThrowsAsync<ArgumentException>(() => run.StartAsync("Echo", "x", "i\0d"));
        await Assert.ThrowsAsync<ArgumentException>(() => run.RaiseAsync(id, "g\0o"));
        await Assert.ThrowsAsync<ArgumentException>(() => run.Client.GetInstanceAsync("i\0d", run.Limit));
    }

    private static async Task NobodyAsync(Func<Task> call)
    {
        var thrown = await Assert.ThrowsAsync<KeyNotFoundException>(call);
        Assert.Contains("nobody", thrown.Message, StringComparison.Ordinal);
    }

    /// <summary>The call throws for instances of every end, and leaves them as they were.</summary>
    private static async Task EndedAsync(Conformance run, Func<string, Task> call)
    {
        var terminated = await run.WaitingAsync();
        await run.Client.TerminateInstanceAsync(terminated, "the end", run.Limit);
        foreach (var end in new[] { await run.RunAsync("Echo", "the end"), await run.RunAsync("Break"), await run.EndOf(terminated) })
        {
            var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => call(end.InstanceId));
            Assert.Contains(end.InstanceId, thrown.Message, StringComparison.Ordinal);
            var after = await run.EndOf(end.InstanceId);
            Assert.Equal(end.RuntimeStatus, after.RuntimeStatus);
            Assert.Equal(end.SerializedOutput, after.SerializedOutput);
        }
    }
}
