namespace Navi.Agent.Projects;

/// <summary>A TODO, FIXME, HACK or XXX in a file.</summary>
internal sealed record OpenMarker(string Path, int Line, string Kind, string Text);
