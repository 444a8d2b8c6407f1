using System.Text.RegularExpressions;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Crashes;

public sealed partial class OtherHomeTests
{
    [Fact]
    public async Task Approve_FromAnotherHomeOnTheSameDatabase_FinishesTheTask()
    {
        await using var navi = await Installation.CreateAsync();
        var repository = Repositories.Python(navi.Place("repository"));
        var parked = await navi.RunAsync(["run", "--repo", repository, "rename add_numbers to sum_numbers and run the tests"]);
        Assert.True(parked.ExitCode == 3, parked.All);
        navi.Environment["NAVI_HOME"] = navi.Place("other-home");

        var approved = await navi.RunAsync(["approve", TaskId().Match(parked.All).Groups[1].Value]);

        Assert.True(approved.ExitCode == 0, approved.All);
        Assert.NotNull(Repositories.NaviBranch(repository));
    }

    [GeneratedRegex(@"Task ([0-9a-f-]{36})")]
    private static partial Regex TaskId();
}
