using Navi.Agent.Projects;
using Navi.Agent.Sandbox;

namespace Navi.Agent.Tests.Projects;

public sealed class TestOutputParserTests
{
    [Theory]
    [InlineData("Python", "Ran 3 tests in 0.001s\n\nOK", 0, "Passed 3/0/0")]
    [InlineData("Python", "Ran 4 tests in 0.001s\n\nFAILED (failures=1, errors=1, skipped=1)", 1, "Failed 1/2/1")]
    [InlineData("Python", "Ran 2 tests in 0.001s\n\nOK (skipped=1, expected failures=1)", 0, "Passed 1/0/1")]
    [InlineData("Python", "Ran 0 tests in 0.000s\n\nNO TESTS RAN", 5, "NoTests 0/0/0")]
    [InlineData("Python", "Ran 0 tests in 0.000s\n\nOK", 0, "NoTests 0/0/0")]
    [InlineData("Python", "3 passed, 1 skipped in 0.12s", 0, "Passed 3/0/1")]
    [InlineData("Python", "=== 1 failed, 2 passed, 1 error in 0.12s ===", 1, "Failed 2/2/0")]
    [InlineData("Python", "no tests ran in 0.01s", 5, "NoTests 0/0/0")]
    [InlineData("Python", "/usr/bin/python3: No module named pytest", 1, "CouldNotRun 0/0/0")]
    [InlineData("Python", "SyntaxError: invalid syntax", 1, "Failed 0/0/0")]
    [InlineData("Node", "# tests 3\n# pass 2\n# fail 1\n# cancelled 0\n# skipped 0\n# todo 0", 1, "Failed 2/1/0")]
    [InlineData("Node", "ℹ tests 1\nℹ pass 1\nℹ fail 0", 0, "Passed 1/0/0")]
    [InlineData("Node", "# tests 0\n# pass 0\n# fail 0", 0, "NoTests 0/0/0")]
    [InlineData("Node", "Tests:       1 failed, 2 skipped, 3 passed, 6 total", 1, "Failed 3/1/2")]
    [InlineData("Node", "  5 passing (12ms)\n  1 pending", 0, "Passed 5/0/1")]
    [InlineData("Node", "sh: 1: jest: not found", 127, "CouldNotRun 0/0/0")]
    [InlineData("Rust", "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured", 0, "Passed 2/0/1")]
    [InlineData("Rust", "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured", 0, "NoTests 0/0/0")]
    [InlineData("Rust", "error: could not compile `shop`", 101, "Failed 0/0/0")]
    [InlineData("Rust", "error: no matching package named `serde` found", 101, "CouldNotRun 0/0/0")]
    [InlineData("Go", "=== RUN TestA\n--- PASS: TestA (0.00s)\n    --- FAIL: TestA/b (0.00s)\nFAIL\tshop\t0.002s", 1, "Failed 1/1/0")]
    [InlineData("Go", "?   \tshop\t[no test files]", 0, "NoTests 0/0/0")]
    [InlineData("DotNet", "Passed!  - Failed:     0, Passed:     3, Skipped:     1, Total:     4, Duration: 10 ms - a.dll", 0, "Passed 3/0/1")]
    [InlineData("DotNet", "error NU1301: Unable to load the service index", 1, "CouldNotRun 0/0/0")]
    [InlineData("DotNet", "Test summary: total: 3, failed: 1, succeeded: 2, skipped: 0, duration: 1.2s", 1, "Failed 2/1/0")]
    [InlineData("Java", "[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s -- in A\n[INFO] Tests run: 2, Failures: 0, Errors: 0, Skipped: 1\n", 0, "Passed 1/0/1")]
    [InlineData("Java", "> Task :test NO-SOURCE\nBUILD SUCCESSFUL", 0, "NoTests 0/0/0")]
    [InlineData("Make", "everything is fine", 0, "NoTests 0/0/0")]
    [InlineData("Make", "Ran 1 test in 0.001s\n\nOK", 0, "Passed 1/0/0")]
    public void Judge_ClosingLines_AreReadHonestly(string kind, string output, int exitCode, string expected)
    {
        var project = new DetectedProject(Enum.Parse<ProjectKind>(kind), "", null, "x", []);
        var report = TestRunner.Judge(project, "x", new CommandOutcome(exitCode, output, false, false, TimeSpan.Zero, "bubblewrap"));
        Assert.Equal(expected, $"{report.Outcome} {report.Passed}/{report.Failed}/{report.Skipped}");
    }

    [Fact]
    public void Judge_PassingLinesButTimedOut_IsFailed()
    {
        var outcome = new CommandOutcome(-1, "Ran 3 tests in 0.001s\n\nOK", true, false, TimeSpan.FromSeconds(1), "bubblewrap");
        Assert.Equal(TestOutcome.Failed, TestRunner.Judge(new(ProjectKind.Python, "", null, "x", []), "x", outcome).Outcome);
    }
}
