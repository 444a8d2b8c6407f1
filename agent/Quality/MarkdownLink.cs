namespace Navi.Agent.Quality;

/// <summary>A link of a Markdown file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Target">As it is written, without title and angle brackets.</param>
internal sealed record MarkdownLink(int Line, string Target);
