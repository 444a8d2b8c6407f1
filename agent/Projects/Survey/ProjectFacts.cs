namespace Navi.Agent.Projects;

/// <summary>A detected project, as the report shows it.</summary>
internal sealed record ProjectFacts(string Kind, string Directory, string? Build, string? Test, IReadOnlyList<string> Evidence);
