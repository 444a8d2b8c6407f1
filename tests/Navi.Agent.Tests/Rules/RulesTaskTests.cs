using System.Text;
using Navi.Agent.Sandbox;
using Navi.Agent.Tests.Support;
using Navi.Agent.Verification;

namespace Navi.Agent.Tests.Rules;

public sealed class RulesTaskTests : IDisposable
{
    private readonly AgentHands hands = new();

    public static TheoryData<string> Kinds => ["python", "node", "rust"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RenameAndTest_OnARealProject_ChangesAndIsVerified(string kind)
    {
        if (kind == "rust" && HostPrograms.Find("cargo") is null)
            Assert.Skip("cargo is not installed.");
        using var source = Project(kind);
        source.Commit();

        var run = await RulesRun.OfAsync(hands, "t", source.Path, "rename total to grand_total everywhere and run the tests");
        var report = await run.VerifyAsync(hands, "t");

        Assert.Equal("done", run.Finish.Status);
        Assert.Equal(["rename_identifier", "run_tests"], run.Calls.Select(c => c.Tool));
        Assert.Contains("1 passed", run.Finish.Summary, StringComparison.Ordinal);
        Assert.True(report.Outcome == VerificationOutcomes.Passed, string.Join('\n', report.Checks));
        var diff = Encoding.UTF8.GetString(hands.Store.Diff("t", hands.Store.Base("t"), run.Head));
        Assert.Contains("grand_total", diff, StringComparison.Ordinal);
        Assert.DoesNotContain("subgrand_total", diff, StringComparison.Ordinal);
        Assert.DoesNotContain("pyc", diff, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RenameAndTest_BrokenTests_FailVerification(string kind)
    {
        if (kind == "rust" && HostPrograms.Find("cargo") is null)
            Assert.Skip("cargo is not installed.");
        using var source = Project(kind);
        foreach (var (file, from, to) in new[] { ("tests/test_cart.py", "Equal(6", "Equal(7"), ("cart.test.js", "2]), 3", "2]), 4"), ("src/lib.rs", "]), 3)", "]), 4)") })
            if (File.Exists(Path.Combine(source.Path, file)))
                source.With(file, File.ReadAllText(Path.Combine(source.Path, file)).Replace(from, to, StringComparison.Ordinal));
        source.Commit();

        var run = await RulesRun.OfAsync(hands, "t", source.Path, "Rename `total` to `grand_total`, then run the tests.");
        var report = await run.VerifyAsync(hands, "t");

        Assert.Equal("done", run.Finish.Status);
        Assert.Contains("1 failed", run.Finish.Summary, StringComparison.Ordinal);
        Assert.Equal(VerificationOutcomes.Failed, report.Outcome);
    }

    [Fact]
    public async Task Survey_Repository_WritesAReportThatCanBeRecomputed()
    {
        using var source = SampleProjects.Python();
        source.With("todo.py", "# TODO: tidy up | here\n").With("NAVI_SURVEY.md", "an older one\n").Commit();

        var run = await RulesRun.OfAsync(hands, "t", source.Path, "survey this repository");
        var report = await run.VerifyAsync(hands, "t");

        Assert.Equal("NAVI_SURVEY.md", run.Finish.ReportPath);
        Assert.True(report.Outcome == VerificationOutcomes.Passed, string.Join('\n', report.Checks));
        var text = File.ReadAllText(Path.Combine(hands.Store.ReadTree("t", run.Head), "NAVI_SURVEY.md"));
        foreach (var fact in new[] { "5 files", "| Python | 4 |", "`shop/cart.py` (__main__ guard)", "`python3 -m unittest discover -s tests`", "`tests/test_cart.py`", "`todo.py:1` `TODO: tidy up \\| here`", "TODO: 1." })
            Assert.Contains(fact, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("| Python | 4 |", "| Python | 5 |")]
    [InlineData("shop/cart.py", "shop/card.py")]
    [InlineData("5 files", "6 files")]
    public async Task Survey_ReportWithAWrongFigure_FailsVerification(string right, string wrong)
    {
        using var source = SampleProjects.Python();
        source.With("more.py", "x = 1\n").Commit();
        var run = await RulesRun.OfAsync(hands, "t", source.Path, "survey");
        var head = hands.Step("t", "bend", root =>
        {
            var path = Path.Combine(root, "NAVI_SURVEY.md");
            var text = File.ReadAllText(path);
            Assert.Contains(right, text, StringComparison.Ordinal);
            File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
        });

        var report = await (run with { Head = head }).VerifyAsync(hands, "t");

        Assert.Equal(VerificationOutcomes.Failed, report.Outcome);
        Assert.Contains(wrong, report.Checks[0].Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReplaceText_InAGlob_ChangesOnlyThoseFiles()
    {
        using var source = SampleProjects.Python();
        source.Commit();
        var run = await RulesRun.OfAsync(hands, "t", source.Path, "replace \"total\" with \"sum\" in *.md");
        Assert.Equal("done", run.Finish.Status);
        Assert.Equal(["README.md"], hands.Store.ChangedFiles("t", hands.Store.Base("t"), run.Head).Select(c => c.Path));
        Assert.Equal(VerificationOutcomes.Passed, (await run.VerifyAsync(hands, "t")).Outcome);
    }

    [Fact]
    public async Task RunCommand_ThatFails_EndsFailedWithItsOutput()
    {
        using var source = SampleProjects.Python();
        source.Commit();
        var run = await RulesRun.OfAsync(hands, "t", source.Path, "run `echo broken; exit 3`");
        Assert.Equal("failed", run.Finish.Status);
        Assert.Contains("broken", run.Finish.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rename_OfAMissingName_EndsFailedAndChangesNothing()
    {
        using var source = SampleProjects.Python();
        source.Commit();
        var run = await RulesRun.OfAsync(hands, "t", source.Path, "rename nowhere to somewhere and run the tests");
        Assert.Equal("failed", run.Finish.Status);
        Assert.Single(run.Calls);
        Assert.Equal(hands.Store.Base("t"), run.Head);
    }

    [Fact]
    public async Task Verify_ChangeInARepositoryWithoutTests_IsNothingToVerify()
    {
        using var source = new SourceFixture().With("notes.txt", "old text\n");
        source.Commit();
        var run = await RulesRun.OfAsync(hands, "t", source.Path, "replace 'old' with 'new' in *.txt");
        Assert.Equal(VerificationOutcomes.NothingToVerify, (await run.VerifyAsync(hands, "t")).Outcome);
    }

    [Fact]
    public async Task Verify_MissingReport_Fails()
    {
        using var source = new SourceFixture().With("notes.txt", "text\n");
        var head = source.Commit();
        await hands.PrepareAsync("t", source.Path);
        var report = await hands.Get<Verifier>().VerifyAsync(new VerifyRequest("t", head, head, "../etc/passwd"), TestContext.Current.CancellationToken);
        Assert.Equal(VerificationOutcomes.Failed, report.Outcome);
    }

    private static SourceFixture Project(string kind) => kind switch
    {
        "python" => SampleProjects.Python(),
        "node" => SampleProjects.Node(),
        _ => SampleProjects.Rust(),
    };

    public void Dispose() => hands.Dispose();
}
