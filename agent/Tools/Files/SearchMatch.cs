namespace Navi.Agent.Tools.Files;

/// <summary>A line that was found.</summary>
internal sealed record SearchMatch(string Path, int Line, string Text);
