using Navi.Agent.Sandbox;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools;

/// <summary>What one call may use.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="CallId">The call, unique in the task.</param>
/// <param name="Attempt">The ledger's attempt number, from 1.</param>
/// <param name="Paths">Resolves paths inside the call's directory.</param>
/// <param name="Ignores">Which paths would not be published.</param>
/// <param name="Commands">Runs commands in the sandbox.</param>
/// <param name="History">The task's own git history, up to the commit the call sees.</param>
internal sealed record ToolContext(
    string TaskId,
    string CallId,
    int Attempt,
    PathGuard Paths,
    IgnoreRules Ignores,
    CommandRunner Commands,
    TaskHistory History)
{
    /// <summary>The directory of the call's tree.</summary>
    public string Root => Paths.Root;
}
