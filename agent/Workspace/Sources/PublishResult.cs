namespace Navi.Agent.Workspace;

/// <summary>A published branch.</summary>
/// <param name="Branch">Name without <c>refs/heads/</c>.</param>
/// <param name="Commit">What it points to.</param>
/// <param name="Where">The repository's path or URL, without credentials.</param>
internal sealed record PublishResult(string Branch, string Commit, string Where);
