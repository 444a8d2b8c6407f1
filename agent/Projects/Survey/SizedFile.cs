namespace Navi.Agent.Projects;

/// <summary>A file with its size in bytes, and its lines when it is text.</summary>
internal sealed record SizedFile(string Path, long Bytes, int? Lines);
