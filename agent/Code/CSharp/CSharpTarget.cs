namespace Navi.Agent.Code;

/// <summary>A definition of the repository as the compiler identifies it.</summary>
/// <param name="Path">Where it is defined; of several parts, the first by path.</param>
/// <param name="Position">Offset of the name in the file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Display">Its name with containers and parameters.</param>
internal sealed record CSharpTarget(string Path, int Position, int Line, string Display);
