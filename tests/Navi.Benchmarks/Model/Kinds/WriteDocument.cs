namespace Navi.Benchmarks.Model.Kinds;

/// <summary>A document about code that has none.</summary>
internal static class WriteDocument
{
    private const string Document = "# Usage\n\n* `cli.py add` adds an item.\n* `cli.py list` prints every item.\n* `cli.py remove` removes an item.\n";

    public static readonly TaskKind Kind = new(
        "write-document",
        "Write docs/USAGE.md: a heading, and for each subcommand of cli.py one line with the command in backticks, such as `cli.py add`, and what it does. Change nothing else.",
        new Dictionary<string, string>
        {
            ["cli.py"] =
                """
                import argparse


                def parser():
                    made = argparse.ArgumentParser(prog="cli.py")
                    commands = made.add_subparsers(dest="command", required=True)
                    commands.add_parser("add", help="add an item").add_argument("item")
                    commands.add_parser("list", help="print every item")
                    commands.add_parser("remove", help="remove an item").add_argument("item")
                    return made


                if __name__ == "__main__":
                    print(parser().parse_args())

                """,
            ["test_cli.py"] = "import unittest\n\nfrom cli import parser\n\n\nclass CliTest(unittest.TestCase):\n    def test_add(self):\n        self.assertEqual(parser().parse_args([\"add\", \"x\"]).item, \"x\")\n",
        },
        ["cli.py", "test_cli.py"],
        """
        lines = open("docs/USAGE.md").read().splitlines()
        assert any(line.startswith("# ") for line in lines)
        for command in ("add", "list", "remove"):
            assert [line for line in lines if f"`cli.py {command}" in line and len(line.split("`")[-1].strip(" .:")) > 3], command
        """,
        [
            ("read_file", new { path = "cli.py" }),
            ("write_file", new { path = "docs/USAGE.md", content = Document }),
            ("run_tests", new { }),
            ("finish_task", new { status = "done", summary = "docs/USAGE.md names every subcommand." }),
        ]);
}
