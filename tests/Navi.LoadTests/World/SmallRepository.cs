using LibGit2Sharp;

namespace Navi.LoadTests.World;

/// <summary>A small project with a test, in Python because its tests need nothing but the interpreter.</summary>
internal static class SmallRepository
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["calc.py"] = "def add_numbers(a, b):\n    return a + b\n",
        ["test_calc.py"] = "import unittest\n\nfrom calc import add_numbers\n\n\nclass CalcTest(unittest.TestCase):\n    def test_add(self):\n        self.assertEqual(add_numbers(2, 3), 5)\n",
        ["README.md"] = "# calc\n\nUse `add_numbers`.\n",
    };

    /// <summary>Makes it with one commit.</summary>
    public static string Make(string directory) => Make(directory, Files);

    /// <summary>Makes a repository of these files with one commit.</summary>
    public static string Make(string directory, IReadOnlyDictionary<string, string> files)
    {
        Repository.Init(directory);
        using var repository = new Repository(directory);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(directory, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        Commands.Stage(repository, "*");
        var author = new Signature("Benchmark", "benchmark@example.invalid", TimeProvider.System.GetUtcNow());
        repository.Commit("first", author, author);
        return directory;
    }
}
