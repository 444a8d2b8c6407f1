using System.Text.Json;
using System.Text.RegularExpressions;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Tasks;

/// <summary><c>navi fork</c> as a person uses it.</summary>
public sealed partial class ForkTests
{
    private const string Rename = "rename add_numbers to sum_numbers and run the tests";

    [Fact]
    public async Task Fork_WithoutARunningNavi_FollowsTheNewTaskFromWhereItWasForkedToItsBranch()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var ran = await navi.RunAsync(["run", "--repo", repository, Rename], "reject not that name\n");
        Assert.True(ran.ExitCode == 1, ran.All);
        var origin = TaskLine().Match(ran.All).Groups[1].Value;
        var before = Repositories.State(repository);

        var forked = await navi.RunAsync(["fork", origin[..13], "--from", "0-0", "--task", "rename sum_numbers to add_up and run the tests"], "approve\n");

        Assert.True(forked.ExitCode == 0, forked.All);
        Assert.Contains($"forked from {origin} after 0-0 at ", forked.Output, StringComparison.Ordinal);
        Assert.Contains("published: branch", forked.Output, StringComparison.Ordinal);
        Assert.Equal(before, Repositories.State(repository));
        var branch = Repositories.NaviBranch(repository)!;
        Assert.Equal("2", Repositories.Git(repository, "rev-list", "--count", $"main..{branch}"));
        Assert.Contains("def add_up(", Repositories.Git(repository, "show", $"{branch}:calc.py"), StringComparison.Ordinal);
        var shown = await navi.RunAsync(["show", branch["navi/".Length..]]);
        Assert.Contains($"Forked from {origin} after 0-0", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fork_AsJson_PrintsTheNewTaskAndWithFollowItsEnd()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var up = await navi.UpAsync();
        var origin = await up.CreateTaskAsync(repository, Rename, preApprove: true);
        await up.FinishedAsync(origin);

        var forked = await navi.RunAsync(["fork", $"{origin}", "--json"]);
        var followed = await navi.RunAsync(["fork", $"{origin}", "--from", "0-0", "--follow", "--json"], "approve\n");
        var refused = await navi.RunAsync(["fork", $"{origin}", "--from", "9-9"]);

        Assert.True(forked.ExitCode == 0, forked.All);
        var task = JsonElement.Parse(forked.Output);
        Assert.Equal((origin, "1-0"), (task.GetProperty("forked_from").GetProperty("task").GetGuid(), task.GetProperty("forked_from").GetProperty("call_id").GetString()));
        Assert.True(followed.ExitCode is 0 or 3, followed.All);
        Assert.Equal("0-0", JsonElement.Parse(followed.Output).GetProperty("forked_from").GetProperty("call_id").GetString());
        Assert.Contains($"forked from {origin} after 0-0", followed.Errors, StringComparison.Ordinal);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("The task has no call '9-9'.", refused.Errors, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"Task ([0-9a-f-]{36})")]
    private static partial Regex TaskLine();
}
