namespace Navi.Benchmarks.Model.Kinds;

/// <summary>A program gets an option; what it did before must stay.</summary>
internal static class AddOption
{
    private const string Program =
        """
        import sys


        def main(arguments):
            numbers = [int(line) for line in open(arguments[0]) if line.strip()]
            print(f"sum: {sum(numbers)}")


        if __name__ == "__main__":
            main(sys.argv[1:])

        """;

    private const string Extended =
        """
        import json
        import sys


        def main(arguments):
            as_json = "--json" in arguments
            path = [a for a in arguments if a != "--json"][0]
            numbers = [int(line) for line in open(path) if line.strip()]
            print(json.dumps({"sum": sum(numbers), "count": len(numbers)}) if as_json else f"sum: {sum(numbers)}")


        if __name__ == "__main__":
            main(sys.argv[1:])

        """;

    private const string Tests =
        """
        import contextlib
        import io
        import tempfile
        import unittest

        from report import main


        class ReportTest(unittest.TestCase):
            def run_main(self, *options):
                with tempfile.NamedTemporaryFile("w") as file:
                    file.write("1\n2\n")
                    file.flush()
                    out = io.StringIO()
                    with contextlib.redirect_stdout(out):
                        main([*options, file.name])
                    return out.getvalue()

            def test_text(self):
                self.assertEqual(self.run_main(), "sum: 3\n")

        """;

    public static readonly TaskKind Kind = new(
        "add-option",
        "Add an option --json to report.py: it prints an object with the members sum and count as JSON instead of the text. Without the option nothing changes. Add a test for it.",
        new Dictionary<string, string> { ["report.py"] = Program, ["test_report.py"] = Tests },
        [],
        """
        import json, pathlib, subprocess, sys, unittest
        pathlib.Path("check_numbers.txt").write_text("4\n5\n\n6\n")
        def run(*arguments):
            return subprocess.run([sys.executable, "report.py", *arguments], capture_output=True, text=True, check=True).stdout
        assert run("check_numbers.txt") == "sum: 15\n"
        assert json.loads(run("--json", "check_numbers.txt")) == {"sum": 15, "count": 3}
        assert unittest.defaultTestLoader.discover(".").countTestCases() >= 2
        """,
        [
            ("read_files", new { paths = new[] { "report.py", "test_report.py" } }),
            ("write_file", new { path = "report.py", content = Extended }),
            ("edit_file", new { path = "test_report.py", old_text = "        self.assertEqual(self.run_main(), \"sum: 3\\n\")\n", new_text = "        self.assertEqual(self.run_main(), \"sum: 3\\n\")\n\n    def test_json(self):\n        self.assertEqual(self.run_main(\"--json\"), '{\"sum\": 3, \"count\": 2}\\n')\n" }),
            ("run_tests", new { }),
            ("finish_task", new { status = "done", summary = "report.py --json prints sum and count." }),
        ]);
}
