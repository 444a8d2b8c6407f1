namespace Navi.Agent.Code;

/// <summary>What a name means: a definition of the repository, told by its place, or one of a library, told by its name.</summary>
/// <param name="Path">Where it is defined, of several parts the first by path; empty for a library and for a namespace, which has no place.</param>
/// <param name="Line">From 1; 0 where there is no path.</param>
/// <param name="Key">The same for every use of one definition.</param>
/// <param name="Display">Its name with containers and parameters.</param>
internal sealed record CSharpTarget(string Path, int Line, string Key, string Display);
