using System.Diagnostics;

namespace Navi.Testing.Running;

/// <summary>Small real repositories with real tests, and what git says of them.</summary>
public static class Repositories
{
    public static string Python(string path, string body = "return a + b") => Make(path, new()
    {
        ["calc.py"] = $"def add_numbers(a, b):\n    # add_numbers adds; add_numbers_all is another\n    {body}\n\n\ndef add_numbers_all(xs):\n    total = 0\n    for x in xs:\n        total = add_numbers(total, x)\n    return total\n",
        ["test_calc.py"] = "import unittest\n\nfrom calc import add_numbers, add_numbers_all\n\n\nclass CalcTest(unittest.TestCase):\n    def test_add(self):\n        self.assertEqual(add_numbers(2, 3), 5)\n\n    def test_all(self):\n        self.assertEqual(add_numbers_all([1, 2, 3]), 6)\n\n\nif __name__ == \"__main__\":\n    unittest.main()\n",
        ["README.md"] = "# calc\n\nUse `add_numbers`.\n",
    });

    public static string Node(string path, string body = "return a + b;") => Make(path, new()
    {
        ["package.json"] = "{ \"name\": \"calc\", \"version\": \"1.0.0\", \"type\": \"module\", \"scripts\": { \"test\": \"node --test\" } }\n",
        ["calc.js"] = $"export function add_numbers(a, b) {{\n  {body}\n}}\n",
        ["calc.test.js"] = "import test from 'node:test';\nimport assert from 'node:assert';\nimport { add_numbers } from './calc.js';\n\ntest('adds', () => assert.equal(add_numbers(2, 3), 5));\n",
    });

    public static string Rust(string path, string body = "a + b") => Make(path, new()
    {
        ["Cargo.toml"] = "[package]\nname = \"calc\"\nversion = \"0.1.0\"\nedition = \"2021\"\n",
        [".gitignore"] = "target\n",
        ["src/lib.rs"] = $"pub fn add_numbers(a: i32, b: i32) -> i32 {{\n    {body}\n}}\n\n#[cfg(test)]\nmod tests {{\n    use super::*;\n\n    #[test]\n    fn adds() {{\n        assert_eq!(add_numbers(2, 3), 5);\n    }}\n}}\n",
    });

    /// <summary>The one branch that NAVI published there; null when there is none.</summary>
    public static string? NaviBranch(string path) =>
        Git(path, "for-each-ref", "--format=%(refname:short)", "refs/heads/navi/").Split('\n', StringSplitOptions.RemoveEmptyEntries).SingleOrDefault();

    /// <summary>A repository of one commit.</summary>
    public static string Make(string path, Dictionary<string, string> files)
    {
        foreach (var (name, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(path, name))!);
            File.WriteAllText(Path.Combine(path, name), text);
        }
        Git(path, "init", "-q", "-b", "main");
        Commit(path, "first");
        return path;
    }

    public static void Commit(string path, string message)
    {
        Git(path, "add", "-A");
        Git(path, "-c", "user.name=T", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", message);
    }

    /// <summary>Runs git and returns what it printed.</summary>
    public static string Git(string path, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {errors.Result}");
    }

    /// <summary>Everything that must not change in a source repository.</summary>
    public static string State(string path) =>
        string.Join('\n', Git(path, "rev-parse", "HEAD"), Git(path, "symbolic-ref", "HEAD"), Git(path, "status", "--porcelain"), Git(path, "diff", "HEAD"), Git(path, "stash", "list"));
}
