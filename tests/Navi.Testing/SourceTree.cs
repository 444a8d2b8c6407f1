namespace Navi.Testing;

/// <summary>The source tree that the tests were built from.</summary>
public static class SourceTree
{
    /// <summary>Directory that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Hand-written C# files below a folder of the tree.</summary>
    public static IEnumerable<string> CSharpFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin"));

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Navi.sln")))
                return directory.FullName;
        }
        throw new InvalidOperationException($"No Navi.sln above '{AppContext.BaseDirectory}'.");
    }
}
