using Navi.Agent.Workspace;

namespace Navi.Agent.Tools;

/// <summary>What an attempt came to. It counts only when the ledger accepts it; then <see cref="WorkspaceStore.Advance(AttemptTree, string)"/>.</summary>
/// <param name="Result">For the model, and for programs.</param>
/// <param name="Commit">The commit after the call; the call's own one when nothing changed.</param>
/// <param name="Tree">The attempt's directory, of calls that write.</param>
internal sealed record ToolRun(ToolResult Result, string Commit, AttemptTree? Tree);
