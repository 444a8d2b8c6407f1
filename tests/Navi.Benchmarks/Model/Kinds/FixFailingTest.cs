namespace Navi.Benchmarks.Model.Kinds;

/// <summary>A test fails because the code is wrong.</summary>
internal static class FixFailingTest
{
    private const string Wrong = "    return ordered[middle]\n";
    private const string Right = "    if len(ordered) % 2 == 0:\n        return (ordered[middle - 1] + ordered[middle]) / 2\n    return ordered[middle]\n";

    public static readonly TaskKind Kind = new(
        "fix-failing-test",
        "The tests of this project fail. Find the fault in the code and mend it. Leave the tests as they are.",
        new Dictionary<string, string>
        {
            ["stats.py"] = $"def median(values):\n    \"\"\"The middle of the values; of an even number of values, the mean of the two in the middle.\"\"\"\n    ordered = sorted(values)\n    middle = len(ordered) // 2\n{Wrong}",
            ["test_stats.py"] =
                """
                import unittest

                from stats import median


                class MedianTest(unittest.TestCase):
                    def test_odd(self):
                        self.assertEqual(median([3, 1, 2]), 2)

                    def test_even(self):
                        self.assertEqual(median([4, 1, 3, 2]), 2.5)


                if __name__ == "__main__":
                    unittest.main()

                """,
            ["README.md"] = "# stats\n\nStatistics in plain Python. Tests: `python3 -m unittest`.\n",
        },
        ["test_stats.py"],
        """
        from stats import median
        assert median([4, 1, 3, 2]) == 2.5
        assert median([1, 2]) == 1.5
        assert median([7]) == 7
        assert median([5, 3, 9]) == 5
        assert median((10, 2, 8, 4, 6, 0)) == 5
        """,
        [
            ("run_tests", new { }),
            ("read_file", new { path = "stats.py" }),
            ("edit_file", new { path = "stats.py", old_text = Wrong, new_text = Right }),
            ("run_tests", new { }),
            ("finish_task", new { status = "done", summary = "The median of an even number of values is the mean of the two in the middle." }),
        ]);
}
