namespace Navi.Benchmarks.Model.Kinds;

/// <summary>A function of several files gets another name.</summary>
internal static class RenameAcrossFiles
{
    public static readonly TaskKind Kind = new(
        "rename-across-files",
        "Rename the function fetch_rows to load_rows everywhere: in the code, in the tests and in the README.",
        new Dictionary<string, string>
        {
            ["store.py"] = "def fetch_rows(lines):\n    return [line.split(\",\") for line in lines if line]\n",
            ["report.py"] = "from store import fetch_rows\n\n\ndef total(lines):\n    return sum(int(row[1]) for row in fetch_rows(lines))\n",
            ["names.py"] = "import store\n\n\ndef names(lines):\n    return sorted(row[0] for row in store.fetch_rows(lines))\n",
            ["test_store.py"] =
                """
                import unittest

                from names import names
                from report import total
                from store import fetch_rows


                class StoreTest(unittest.TestCase):
                    def test_rows(self):
                        self.assertEqual(fetch_rows(["a,1", ""]), [["a", "1"]])

                    def test_total(self):
                        self.assertEqual(total(["a,1", "b,2"]), 3)

                    def test_names(self):
                        self.assertEqual(names(["b,1", "a,2"]), ["a", "b"])

                """,
            ["README.md"] = "# store\n\n`fetch_rows` reads lines; `total` adds them up.\n",
        },
        [],
        """
        import pathlib
        texts = {p.name: p.read_text() for p in pathlib.Path(".").glob("*") if p.suffix in (".py", ".md") and not p.name.startswith("check_")}
        assert not [n for n, t in texts.items() if "fetch_rows" in t]
        assert sorted(n for n, t in texts.items() if "load_rows" in t) == ["README.md", "names.py", "report.py", "store.py", "test_store.py"]
        from names import names
        from report import total
        from store import load_rows
        assert load_rows(["a,1"]) == [["a", "1"]] and total(["a,1", "b,2"]) == 3 and names(["b,1", "a,2"]) == ["a", "b"]
        """,
        [
            ("search_text", new { query = "fetch_rows" }),
            ("rename_identifier", new { old_name = "fetch_rows", new_name = "load_rows" }),
            ("run_tests", new { }),
            ("finish_task", new { status = "done", summary = "fetch_rows is load_rows everywhere." }),
        ]);
}
