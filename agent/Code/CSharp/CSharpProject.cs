namespace Navi.Agent.Code;

/// <summary>The C# files of a project file's directory, and the projects they can see.</summary>
/// <param name="Directory">Empty for the root, and for files that no project has.</param>
/// <param name="Sources">Paths relative to the workspace.</param>
/// <param name="References">Directories of the projects that it refers to, those of theirs included.</param>
internal sealed record CSharpProject(string Directory, IReadOnlyList<string> Sources, IReadOnlySet<string> References);
