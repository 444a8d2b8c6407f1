using Navi.Agent.Sandbox;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools;

/// <summary>Runs one attempt in the directory that its tool needs, within the tool's time-out.</summary>
internal sealed class ToolRunner(ToolRegistry registry, WorkspaceStore store, CommandRunner commands, TimeProvider time)
{
    /// <summary>
    /// Runs the call. What the model can act on, an unknown tool and a time-out included, is an error result; a failure of the platform throws.
    /// </summary>
    public async Task<ToolRun> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        if (registry.Validate(call.Tool, call.Arguments) is { Count: > 0 } errors)
            return new(ToolResult.Error($"{BoundedText.Brief(call.Tool)} was not run:\n" + string.Join('\n', errors)), call.Commit, null);
        var tool = registry.Find(call.Tool)!;
        switch (tool.Tree)
        {
            case TreeUse.Write:
                var tree = store.OpenAttempt(call.TaskId, call.CallId, call.Attempt, call.Commit);
                return await WriteAsync(tool, call, tree, cancellationToken);
            case TreeUse.Scratch:
                var scratch = store.OpenScratch(call.TaskId, call.CallId, call.Attempt, call.Commit);
                try
                {
                    return new(await ExecuteAsync(tool, call, scratch.Directory, cancellationToken), call.Commit, null);
                }
                catch (Exception e) when (FileError.Of(e, scratch.Directory) is { } error)
                {
                    return new(ToolResult.Error($"{tool.Name} failed: {error}"), call.Commit, null);
                }
                finally
                {
                    store.CloseScratch(scratch);
                }

            case TreeUse.Read:
                var read = store.ReadTree(call.TaskId, call.Commit);
                try
                {
                    return new(await ExecuteAsync(tool, call, read, cancellationToken), call.Commit, null);
                }
                catch (Exception e) when (FileError.Of(e, read) is { } error)
                {
                    return new(ToolResult.Error($"{tool.Name} failed: {error}"), call.Commit, null);
                }

            default:
                throw new InvalidOperationException($"Tool '{tool.Name}' has nothing to execute; the loop handles it.");
        }
    }

    // A write that failed half-way, and files that can't be read to be committed, are dropped as a whole: the next call starts from the parent.
    private async Task<ToolRun> WriteAsync(ITool tool, ToolCall call, AttemptTree tree, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ExecuteAsync(tool, call, tree.Directory, cancellationToken);
            return new(result, store.CommitAttempt(tree, $"{call.Tool}\n\ncall {call.CallId}, attempt {call.Attempt}"), tree);
        }
        catch (Exception e) when (FileError.Of(e, tree.Directory) is { } error)
        {
            return new(ToolResult.Error($"{tool.Name} failed, and nothing that it did was kept: {error}"), call.Commit, null);
        }
    }

    private async Task<ToolResult> ExecuteAsync(ITool tool, ToolCall call, string directory, CancellationToken cancellationToken)
    {
        var ignores = store.Ignores(call.TaskId, directory);
        var context = new ToolContext(call.TaskId, call.CallId, call.Attempt, new PathGuard(directory), ignores, commands, store.History(call.TaskId, call.Commit));
        using var timeout = new CancellationTokenSource(tool.Timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // What only reads may be left behind when it does not hear that its time is over; what writes must not go on unseen.
            var running = tool.Tree == TreeUse.Read
                ? Task.Run(() => tool.ExecuteAsync(context, call.Arguments, stop.Token), CancellationToken.None)
                : tool.ExecuteAsync(context, call.Arguments, stop.Token);
            // Native: whoever was left behind may be in it.
            _ = running.ContinueWith(_ => ignores.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return await (tool.Tree == TreeUse.Read ? running.WaitAsync(stop.Token) : running);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ToolResult.Error($"{tool.Name} was stopped after {tool.Timeout.TotalSeconds:0} s. Ask for less at once.");
        }
        catch (IOException e) when (DiskFull.Is(e))
        {
            throw DiskFull.Error($"running {tool.Name}", e);
        }
    }
}
