namespace Navi.Measuring;

/// <summary>The documents of the source tree that the benchmark was built from.</summary>
internal static class SourceDocuments
{
    /// <exception cref="UsageException">The program is not in its source tree.</exception>
    public static string Directory
    {
        get
        {
            for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            {
                if (File.Exists(Path.Combine(directory.FullName, "Navi.sln")))
                    return Path.Combine(directory.FullName, "docs");
            }
            throw new UsageException($"--write: there is no source tree above '{AppContext.BaseDirectory}'. Name a directory with --into.");
        }
    }
}
