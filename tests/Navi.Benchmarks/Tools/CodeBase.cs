namespace Navi.Benchmarks.Tools;

/// <summary>Code to compare on.</summary>
/// <param name="Name">For the report, with its version.</param>
/// <param name="Directory">Where it lies.</param>
/// <param name="Language">As ctags calls it.</param>
/// <param name="Extension">Files that count.</param>
internal sealed record CodeBase(string Name, string Directory, string Language, string Extension);
