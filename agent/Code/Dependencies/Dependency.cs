namespace Navi.Agent.Code;

/// <summary>One part of the repository needs another.</summary>
/// <param name="From">Path of the file, directory or project.</param>
/// <param name="To">What it needs; always a part of the repository too.</param>
internal sealed record Dependency(string From, string To);
