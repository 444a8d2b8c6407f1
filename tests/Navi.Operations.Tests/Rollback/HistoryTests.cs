using Navi.Drills.Rollback;
using Navi.Testing.Running;

namespace Navi.Operations.Tests.Rollback;

/// <summary>Which revision the drill takes for the release before.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("navi-history-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Full => Path.Combine(directory, "full");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Before_SeveralReleases_IsTheLastWithFewerMigrations()
    {
        Commit("0001_a.sql");
        Commit("0002_b.sql", History.Rule);
        var expected = Repositories.Git(Full, "rev-parse", "HEAD");
        Commit("0003_c.sql");
        Commit(null);
        File.AppendAllText(Path.Combine(Full, "platform", "Data", "Migrations", "0003_c.sql"), "-- a comment more\n");
        Repositories.Commit(Full, "no further migration");

        var before = await new History(Full).BeforeAsync(Stop);

        Assert.NotNull(before);
        Assert.Equal((expected, true), (before.Commit, before.KnowsTheRule));
        Assert.Equal([1, 2], before.Migrations.Order());
        Assert.Equal([3], before.Newer);
        Assert.Equal(Repositories.Git(Full, "rev-parse", "--short", $"{expected}"), await new History(Full).RuleSinceAsync(Stop));
    }

    [Fact]
    public async Task Before_ReleaseWithoutTheRule_IsToldSo()
    {
        Commit("0001_a.sql");
        Commit("0002_b.sql");

        Assert.False((await new History(Full).BeforeAsync(Stop))!.KnowsTheRule);
        Assert.Null(await new History(Full).RuleSinceAsync(Stop));
    }

    [Fact]
    public async Task Before_ShallowCloneOrNoClone_IsNotKnown()
    {
        Commit("0001_a.sql");
        Commit("0002_b.sql");
        var shallow = Path.Combine(directory, "shallow");
        Repositories.Git(directory, "clone", "-q", "--depth", "1", $"file://{Full}", shallow);

        Assert.Null(await new History(shallow).BeforeAsync(Stop));
        Assert.Null(await new History(Directory.CreateDirectory(Path.Combine(directory, "none")).FullName).BeforeAsync(Stop));
    }

    [Theory]
    [InlineData("--skip-before", "--skip-after")]
    [InlineData("--from", "x")]
    public void Options_ThatLeaveNothingOrAreUnknown_AreRefused(params string[] arguments) => Assert.Throws<ArgumentException>(() => RollbackOptions.Parse(arguments));

    private void Commit(string? migration, string? other = null)
    {
        var files = new Dictionary<string, string> { ["README.md"] = Guid.NewGuid().ToString() };
        if (migration is not null)
            files[$"platform/Data/Migrations/{migration}"] = "SELECT 1;\n";
        if (other is not null)
            files[other] = "";
        Repositories.Make(Full, files);
    }
}
