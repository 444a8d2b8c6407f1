using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Sandbox;
using Navi.Agent.Tools;
using Navi.Agent.Verification;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tests.Support;

/// <summary>The agent's services as a host composes them, on a directory of the test.</summary>
internal sealed class AgentHands : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly ServiceProvider services;

    public AgentHands(Action<SandboxOptions>? sandbox = null, Action<IServiceCollection>? more = null)
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddWorkspace(o => o.Root = directory["workspaces"]);
        collection.AddSandbox(sandbox);
        collection.AddTools();
        collection.AddVerification();
        more?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    public string Root => directory["workspaces"];

    public WorkspaceStore Store => Get<WorkspaceStore>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>Prepares the task and returns its base commit.</summary>
    public async Task<string> PrepareAsync(string taskId, string repository) =>
        (await Store.PrepareAsync(taskId, repository, TestContext.Current.CancellationToken)).BaseCommit;

    /// <summary>One finished step made by a plain action.</summary>
    public string Step(string taskId, string callId, Action<string> change)
    {
        var tree = Store.OpenAttempt(taskId, callId, 1, Store.Head(taskId));
        change(tree.Directory);
        var commit = Store.CommitAttempt(tree, callId);
        Store.Advance(tree, commit);
        return commit;
    }

    public void Dispose()
    {
        services.Dispose();
        directory.Dispose();
    }
}
