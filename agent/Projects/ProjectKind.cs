namespace Navi.Agent.Projects;

/// <summary>Which tools build and test a project.</summary>
internal enum ProjectKind
{
    DotNet,
    Node,
    Python,
    Go,
    Rust,
    Java,
    Make,
}
