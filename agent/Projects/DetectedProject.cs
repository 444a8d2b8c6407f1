namespace Navi.Agent.Projects;

/// <summary>A project found in a repository.</summary>
/// <param name="Kind">Its tools.</param>
/// <param name="Directory">Where its commands run; empty for the root.</param>
/// <param name="BuildCommand">Shell line; null when it has nothing to build.</param>
/// <param name="TestCommand">Shell line; null when no tests were found.</param>
/// <param name="Evidence">The files that show it.</param>
/// <param name="FallbackTestCommand">For when the first choice of runner is not installed.</param>
internal sealed record DetectedProject(
    ProjectKind Kind,
    string Directory,
    string? BuildCommand,
    string? TestCommand,
    IReadOnlyList<string> Evidence,
    string? FallbackTestCommand = null);
