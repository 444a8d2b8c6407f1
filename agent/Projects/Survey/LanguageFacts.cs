namespace Navi.Agent.Projects;

/// <summary>The files of one language.</summary>
internal sealed record LanguageFacts(string Name, int Files, int Lines, long Bytes);
