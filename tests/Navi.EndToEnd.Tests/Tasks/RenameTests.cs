using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Tasks;

public sealed class RenameTests
{
    private const string Rename = "rename add_numbers to sum_numbers and run the tests";

    [Theory]
    [InlineData("python")]
    [InlineData("node")]
    [InlineData("rust")]
    public async Task Run_RenameOnARealProject_CompletesWithABranch(string kind)
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Make(kind, navi.Place("repository"), broken: false);
        var before = Repositories.State(repository);

        var ended = await navi.RunAsync(["run", "--repo", repository, Rename], "approve\n");

        Assert.True(ended.ExitCode == 0, ended.All);
        Assert.Contains("completed", ended.Output, StringComparison.Ordinal);
        Assert.Equal(before, Repositories.State(repository));
        var branch = Repositories.NaviBranch(repository)!;
        var changed = Repositories.Git(repository, "diff", $"main..{branch}");
        Assert.Contains("+", changed, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?m)^\+.*\badd_numbers\b", changed);
        Assert.Contains("sum_numbers", changed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("python")]
    [InlineData("node")]
    [InlineData("rust")]
    public async Task Run_TestsThatFail_EndsVerificationFailedWithoutABranch(string kind)
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Make(kind, navi.Place("repository"), broken: true);

        var ended = await navi.RunAsync(["run", "--repo", repository, Rename], "approve\n");

        Assert.True(ended.ExitCode == 1, ended.All);
        Assert.Contains("verification_failed", ended.All, StringComparison.Ordinal);
        Assert.Null(Repositories.NaviBranch(repository));
    }

    [Fact]
    public async Task Run_DirtyWorkTree_NamesWhatIsLeftOutAndStartsFromHead()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        await File.AppendAllTextAsync(Path.Combine(repository, "calc.py"), "\nunfinished = 1\n");
        await File.WriteAllTextAsync(Path.Combine(repository, "notes.txt"), "mine\n");
        var before = Repositories.State(repository);

        var ended = await navi.RunAsync(["run", "--repo", repository, Rename, "--yes"]);

        Assert.True(ended.ExitCode == 0, ended.All);
        Assert.Contains("calc.py", ended.All, StringComparison.Ordinal);
        Assert.Contains("notes.txt", ended.All, StringComparison.Ordinal);
        Assert.Equal(before, Repositories.State(repository));
        Assert.DoesNotContain("unfinished", Repositories.Git(repository, "show", $"{Repositories.NaviBranch(repository)}:calc.py"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0, "completed")]
    [InlineData(true, 1, "verification_failed")]
    public async Task Run_TheTestsAlone_EndsAsTheyDoAndPublishesNothing(bool broken, int exitCode, string stopReason)
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Make("python", navi.Place("repository"), broken);

        var ended = await navi.RunAsync(["run", "--repo", repository, "run the tests"]);

        Assert.True(exitCode == ended.ExitCode, ended.All);
        Assert.Contains($"finished: {stopReason}", ended.All, StringComparison.Ordinal);
        Assert.Null(Repositories.NaviBranch(repository));
    }

    private static string Make(string kind, string path, bool broken) => kind switch
    {
        "python" => broken ? Repositories.Python(path, "return a - b") : Repositories.Python(path),
        "node" => broken ? Repositories.Node(path, "return a - b;") : Repositories.Node(path),
        _ => broken ? Repositories.Rust(path, "a - b") : Repositories.Rust(path),
    };
}
