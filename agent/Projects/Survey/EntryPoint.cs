namespace Navi.Agent.Projects;

/// <summary>A file where a program begins, and what shows it.</summary>
internal sealed record EntryPoint(string Path, string Reason);
