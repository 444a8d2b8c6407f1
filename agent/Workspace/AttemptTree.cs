namespace Navi.Agent.Workspace;

/// <summary>The directory of one attempt at a call.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="CallId">The call.</param>
/// <param name="Attempt">The ledger's attempt number.</param>
/// <param name="Directory">Absolute path; holds exactly the parent commit's files, and ignored leftovers of the step before.</param>
/// <param name="ParentCommit">What the attempt starts from.</param>
internal sealed record AttemptTree(string TaskId, string CallId, int Attempt, string Directory, string ParentCommit)
{
    /// <summary>Name of the directory under the task's trees.</summary>
    public string Name => Path.GetFileName(Directory);
}
