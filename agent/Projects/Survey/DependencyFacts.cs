namespace Navi.Agent.Projects;

/// <summary>What one manifest asks for: name and version as written, by name.</summary>
internal sealed record DependencyFacts(string Manifest, IReadOnlyList<string> Packages);
