namespace Navi.Agent.Projects;

/// <summary>A linter or formatter that a project has set up, or that comes with its tools.</summary>
/// <param name="Directory">Where it runs; empty for the root.</param>
/// <param name="Lint">Shell line that reports without changing anything; null when there is none.</param>
/// <param name="Format">Shell line that rewrites files; null when there is none.</param>
/// <param name="Evidence">The file that asks for it, and how.</param>
internal sealed record ProjectCheck(string Directory, string? Lint, string? Format, string Evidence);
