using System.Text.RegularExpressions;
using Navi.Testing;

namespace Navi.Portable.Durable.Tests.Support;

/// <summary>The conformance tests can run on another backend: they know of this one through <see cref="Conformance"/> alone.</summary>
public sealed partial class SuiteSourceTests
{
    [Theory, InlineData("Suite"), InlineData("Stricter")]
    public void Files_OfTheConformanceTests_UseNothingOfThisBackend(string folder)
    {
        string[] files = [.. SourceTree.CSharpFiles($"tests/Navi.Portable.Durable.Tests/{folder}")];

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(file => OfThisBackend().Matches(File.ReadAllText(file)).Select(found => $"{Path.GetFileName(file)}: {found.Value}")));
    }

    [GeneratedRegex(@"\b(Sql|Npgsql\w*|TestDatabase|DurableHost|DurableOptions|DurableWorker|DurableRuntime)\b|\.Database\b|Navi\.Portable\.Durable\.(?!Tests)\w+")]
    private static partial Regex OfThisBackend();
}
