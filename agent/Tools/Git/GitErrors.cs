namespace Navi.Agent.Tools.Git;

internal static class GitErrors
{
    public static ToolResult NoCommit(string field, string revision) =>
        ToolResult.Error($"{field}: got '{BoundedText.Brief(revision)}'; expected a commit of this repository, base (where the task started) or head; see git_log.");
}
