namespace Navi.Benchmarks.Model.Kinds;

/// <summary>A new function with a test of its own.</summary>
internal static class AddFunction
{
    private const string Function = "\n\ndef slugify(text):\n    return re.sub(r\"[^a-z0-9]+\", \"-\", text.lower()).strip(\"-\")\n";
    private const string Test = "\n    def test_slugify(self):\n        self.assertEqual(slugify(\"  Hello, World! \"), \"hello-world\")\n";

    public static readonly TaskKind Kind = new(
        "add-function-with-test",
        "Add a function slugify(text) to text_tools.py: lower case, every run of characters other than a-z and 0-9 becomes one hyphen, and none stands at the beginning or the end. Add a unit test for it to test_text_tools.py.",
        new Dictionary<string, string>
        {
            ["text_tools.py"] = "import re\n\n\ndef words(text):\n    return re.findall(r\"\\w+\", text)\n",
            ["test_text_tools.py"] = "import unittest\n\nfrom text_tools import words\n\n\nclass TextToolsTest(unittest.TestCase):\n    def test_words(self):\n        self.assertEqual(words(\"one, two\"), [\"one\", \"two\"])\n",
        },
        [],
        """
        import unittest
        from text_tools import slugify, words
        assert slugify("Hello, World!") == "hello-world"
        assert slugify("  a  b--c ") == "a-b-c"
        assert slugify("x_1") == "x-1"
        assert slugify("...") == ""
        assert words("one, two") == ["one", "two"]
        assert "slugify" in open("test_text_tools.py").read()
        assert unittest.defaultTestLoader.discover(".").countTestCases() >= 2
        """,
        [
            ("read_files", new { paths = new[] { "text_tools.py", "test_text_tools.py" } }),
            ("edit_file", new { path = "text_tools.py", old_text = "    return re.findall(r\"\\w+\", text)\n", new_text = "    return re.findall(r\"\\w+\", text)\n" + Function }),
            ("edit_file", new { path = "test_text_tools.py", old_text = "from text_tools import words", new_text = "from text_tools import slugify, words" }),
            ("edit_file", new { path = "test_text_tools.py", old_text = "        self.assertEqual(words(\"one, two\"), [\"one\", \"two\"])\n", new_text = "        self.assertEqual(words(\"one, two\"), [\"one\", \"two\"])\n" + Test }),
            ("run_tests", new { }),
            ("finish_task", new { status = "done", summary = "slugify with its test." }),
        ]);
}
