namespace Navi.Benchmarks.Tools;

/// <summary>A definition as two programs can agree on it: kinds have other names in each, and some call a type what others call a function; so only what has a body of code and what holds a value are told apart.</summary>
internal sealed record Definition(string Path, int Line, string Name, string Group)
{
    public const string Code = "types and functions";
    public const string Values = "values";
}
