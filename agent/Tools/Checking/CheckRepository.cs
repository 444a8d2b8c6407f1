using LibGit2Sharp;

namespace Navi.Agent.Tools.Checking;

/// <summary>The small repository that the cases are about.</summary>
internal static class CheckRepository
{
    private static readonly (string Path, string Content)[] First =
    [
        ("README.md", "# Shop\n\nSee the [guide](docs/guide.md).\n"),
        ("docs/guide.md", "## Start\n\nTODO: more.\n"),
        ("src/Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />\n"),
        ("src/App.csproj", "<Project><ItemGroup><ProjectReference Include=\"Shop.csproj\" /></ItemGroup></Project>\n"),
        ("src/Cart.cs", "namespace Shop;\n\npublic class Cart\n{\n    public int Total(int x) => x;\n    public int Twice(int x) => 2 * Total(x);\n}\n"),
        ("Makefile", "test:\n\t@echo '3 passed in 0.01s'\nlint:\n\t@true\nfmt:\n\t@echo formatted > formatted.txt\n"),
        ("package.json", "{ \"name\": \"shop\", \"scripts\": { \"build\": \"node -e 0\" } }\n"),
        ("notes.txt", "one\n"),
    ];

    private static readonly (string Path, string Content)[] Second =
    [
        ("notes.txt", "one\ntwo\n"),
        ("data.json", "{ \"items\": [ { \"name\": \"pear\" } ] }\n"),
        ("data.yaml", "name: pear\n"),
        ("junit.xml", "<testsuite><testcase name=\"adds\"/></testsuite>\n"),
        ("cobertura.xml", "<coverage><packages><package><classes><class filename=\"a.py\"><lines><line number=\"1\" hits=\"1\"/></lines></class></classes></package></packages></coverage>\n"),
    ];

    /// <summary>Makes it in a directory that does not exist yet, with two commits.</summary>
    public static void Make(string directory, DateTimeOffset now)
    {
        Repository.Init(directory);
        using var repository = new Repository(directory);
        foreach (var (files, message) in new[] { (First, "first"), (Second, "second") })
        {
            foreach (var (path, content) in files)
            {
                var full = Path.Combine(directory, path);
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllText(full, content);
            }

            Commands.Stage(repository, "*");
            var author = new Signature("NAVI", "navi@localhost.invalid", now);
            repository.Commit(message, author, author);
        }
    }
}
