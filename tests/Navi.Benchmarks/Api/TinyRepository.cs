using LibGit2Sharp;

namespace Navi.Benchmarks.Api;

/// <summary>The tiny repository that tasks name.</summary>
internal static class TinyRepository
{
    /// <summary>Makes it with one file in one commit.</summary>
    public static string Make(string directory, DateTimeOffset now)
    {
        Repository.Init(directory);
        using var repository = new Repository(directory);
        File.WriteAllText(Path.Combine(directory, "a.txt"), "one\n");
        Commands.Stage(repository, "*");
        var author = new Signature("Benchmark", "benchmark@example.invalid", now);
        repository.Commit("first", author, author);
        return directory;
    }
}
