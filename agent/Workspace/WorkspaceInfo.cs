namespace Navi.Agent.Workspace;

/// <summary>A prepared workspace.</summary>
/// <param name="BaseCommit">The commit the task starts from: 40 hex digits.</param>
/// <param name="LeftOut">Changed and untracked paths of the source's work tree, which the task does not see; the first ones only.</param>
/// <param name="LeftOutCount">How many there are.</param>
internal sealed record WorkspaceInfo(string BaseCommit, IReadOnlyList<string> LeftOut, int LeftOutCount);
