namespace Navi.Agent.Code;

/// <summary>A place where a name stands in C# code.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Text">The line, without blanks around it.</param>
/// <param name="Target">What the name means there; null when the compiler can't tell, for want of a package or because of an error.</param>
/// <param name="IsDefinition">The name is being defined there.</param>
internal sealed record CSharpUse(string Path, int Line, string Text, CSharpTarget? Target, bool IsDefinition);
