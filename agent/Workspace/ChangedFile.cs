namespace Navi.Agent.Workspace;

/// <summary>One path that differs between two commits.</summary>
/// <param name="Path">New path; the old one of a deleted file.</param>
/// <param name="Status">added, modified, deleted, renamed (same content under another name) or mode (only the mode or type differs).</param>
/// <param name="OldPath">Of a renamed file.</param>
internal sealed record ChangedFile(string Path, string Status, string? OldPath = null);
