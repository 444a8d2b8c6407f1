using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Tools;

public sealed class ReportToolTests
{
    private const string JUnit = """
        <?xml version="1.0"?>
        <testsuites><testsuite name="s">
          <testcase classname="shop.Cart" name="adds" time="0.5"/>
          <testcase classname="shop.Cart" name="fails" time="1,200.25"><failure message="expected 1">at line 3</failure></testcase>
          <testcase classname="shop.Cart" name="breaks"><error message="boom"/></testcase>
          <testcase classname="shop.Cart" name="waits"><skipped message="later"/></testcase>
        </testsuite></testsuites>
        """;

    private const string Trx = """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
          <UnitTestResult testName="A.One" outcome="Passed" duration="00:00:02.5" />
          <UnitTestResult testName="A.Two" outcome="Failed"><Output><ErrorInfo><Message>no</Message><StackTrace>at A</StackTrace></ErrorInfo></Output></UnitTestResult>
          <UnitTestResult testName="A.Three" outcome="NotExecuted" />
        </Results></TestRun>
        """;

    private const string Tap = "TAP version 13\n1..5\nok 1 - adds\nnot ok 2 - fails # because\nok 3 - waits # SKIP no network\nnot ok 4 - later # TODO some day\n";

    private static SourceFixture Reports() => new SourceFixture()
        .With("junit.xml", JUnit).With("run.trx", Trx).With("out.tap", Tap).With("empty.xml", "<testsuite/>").With("other.xml", "<html/>").With("cut.xml", "<testsuite><testcase")
        .With("plain.txt", "hello\n").With("entity.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><testsuite name=\"&a;\"/>")
        .With("cobertura.xml", "<?xml version=\"1.0\"?><!DOCTYPE coverage SYSTEM \"http://cobertura.sourceforge.net/xml/coverage-04.dtd\"><coverage><packages><package><classes>"
            + "<class filename=\"src/a.py\"><methods><method><lines><line number=\"1\" hits=\"5\"/></lines></method></methods><lines><line number=\"1\" hits=\"5\"/><line number=\"2\" hits=\"0\"/><line number=\"3\" hits=\"0\"/><line number=\"5\" hits=\"0\"/></lines></class>"
            + "<class filename=\"src/b.py\"><lines><line number=\"1\" hits=\"1\"/></lines></class></classes></package></packages></coverage>")
        .With("jacoco.xml", "<report name=\"r\"><package name=\"shop\"><sourcefile name=\"A.java\"><line nr=\"3\" mi=\"0\" ci=\"4\"/><line nr=\"4\" mi=\"2\" ci=\"0\"/></sourcefile></package></report>")
        .With("lcov.info", "TN:\nSF:src/a.js\nDA:1,1\nDA:2,0\nend_of_record\nSF:src/a.js\nDA:2,3\nend_of_record\n");

    [Theory]
    [InlineData("junit.xml", "JUnit: 1 passed, 2 failed, 1 skipped.", "failed: shop.Cart.fails\nexpected 1\nat line 3", "slowest: shop.Cart.fails 1200.3 s, shop.Cart.adds 0.5 s")]
    [InlineData("run.trx", "TRX: 1 passed, 1 failed, 1 skipped.", "failed: A.Two\nno\nat A", "slowest: A.One 2.5 s")]
    [InlineData("out.tap", "TAP: 1 passed, 2 failed, 2 skipped.", "failed: fails", "failed: 1 planned tests\nThe plan has them")]
    [InlineData("empty.xml", "JUnit: 0 passed, 0 failed, 0 skipped.", "The report has no test.", "")]
    public async Task ParseTestReport_EachFormat_IsCounted(string path, params string[] parts)
    {
        using var bench = await ToolBench.OfAsync(Reports());
        var result = await bench.CallAsync("parse_test_report", new { path });
        Assert.False(result.IsError, result.Content);
        foreach (var part in parts)
            Assert.Contains(part, result.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("other.xml", "its root is <html>")]
    [InlineData("cut.xml", "not whole XML")]
    [InlineData("plain.txt", "neither XML nor TAP")]
    [InlineData("entity.xml", "not whole XML")]
    [InlineData("none.xml", "does not exist")]
    public async Task ParseTestReport_SomethingElse_SaysWhatItIs(string path, string message)
    {
        using var bench = await ToolBench.OfAsync(Reports());
        var result = await bench.CallAsync("parse_test_report", new { path });
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
        Assert.True((await bench.CallAsync("parse_test_report", new { path, max_failures = 0 })).IsError);
    }

    [Fact]
    public async Task Reports_HostileFiles_AreRefusedOrRead()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 200_000)) + string.Concat(Enumerable.Repeat("</a>", 200_000));
        using var bench = await ToolBench.OfAsync(new SourceFixture()
            .With("deep.xml", $"<testsuite><testcase><failure>{deep}</failure></testcase></testsuite>").With("deep.csproj", $"<Project>{deep}</Project>")
            .With("slow.tap", "1..1\nok" + new string(' ', 100_000) + "\rx\n").With("hits.info", "SF:a\n" + string.Concat(Enumerable.Repeat("DA:1,1e300\n", 20_000)) + "end_of_record\n")
            .With("said.tap", "1..1\nnot ok 1 - adds\n  ---\n  message: no\n  ...\n# seen\n"));
        Assert.Contains("200 elements are inside each other", (await bench.CallAsync("parse_test_report", new { path = "deep.xml" })).Content, StringComparison.Ordinal);
        Assert.Contains("200 elements are inside each other", (await bench.CallAsync("parse_coverage", new { path = "deep.xml" })).Content, StringComparison.Ordinal);
        Assert.False((await bench.CallAsync("survey_repository", new { })).IsError);
        Assert.Contains("TAP:", (await bench.CallAsync("parse_test_report", new { path = "slow.tap" })).Content, StringComparison.Ordinal);
        Assert.Contains("1 of 1 lines ran", (await bench.CallAsync("parse_coverage", new { path = "hits.info" })).Content, StringComparison.Ordinal);
        Assert.Contains("failed: adds\n---\nmessage: no\n...\nseen", (await bench.CallAsync("parse_test_report", new { path = "said.tap" })).Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cobertura.xml", "Cobertura: 2 of 5 lines ran (40.0 %), in 2 files.\nsrc/a.py: 1 of 4 (25.0 %); not run: 2-3, 5\nsrc/b.py: 1 of 1 (100.0 %)\n")]
    [InlineData("jacoco.xml", "JaCoCo: 1 of 2 lines ran (50.0 %), in 1 files.\nshop/A.java: 1 of 2 (50.0 %); not run: 4\n")]
    [InlineData("lcov.info", "LCOV: 2 of 2 lines ran (100.0 %), in 1 files.\nsrc/a.js: 2 of 2 (100.0 %)\n")]
    public async Task ParseCoverage_EachFormat_IsCounted(string path, string expected)
    {
        using var bench = await ToolBench.OfAsync(Reports());
        Assert.Equal(expected, (await bench.CallAsync("parse_coverage", new { path })).Content);
    }

    [Theory]
    [InlineData("{\"path\": \"junit.xml\"}", "its root is <testsuites>")]
    [InlineData("{\"path\": \"plain.txt\"}", "neither XML nor LCOV")]
    [InlineData("{\"path\": \"lcov.info\", \"files\": \"*.py\"}", "matches none of the 1 files of the report; one is src/a.js")]
    [InlineData("{\"path\": \"entity.xml\"}", "not whole XML")]
    [InlineData("{\"paths\": \"x\"}", "path: missing")]
    public async Task ParseCoverage_BadInput_SaysWhatIsRight(string arguments, string message)
    {
        using var bench = await ToolBench.OfAsync(Reports());
        var result = await bench.CallAsync("parse_coverage", System.Text.Json.JsonDocument.Parse(arguments).RootElement);
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
    }
}
