using System.Text.Json.Nodes;
using Navi.EndToEnd.Tests.Cli;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Serving;

public sealed class RollbackCheckTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("navi-rollback-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task Check_SameSchema_IsSafe() => Assert.Contains("works on the same schema", (await RunAsync(0, "--schema", "9999")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Check_OneTakesSomethingAway_IsNotSafeAndSaysWhy()
    {
        var check = await RunAsync(1, "--json", "--schema", "11");
        var document = JsonNode.Parse(check.Output)!;
        Assert.False(document["safe"]!.GetValue<bool>());
        Assert.Equal([12, 13, 14], document["newer"]!.AsArray().Take(3).Select(m => m!["number"]!.GetValue<int>()));
        Assert.Equal([true, true, false], document["newer"]!.AsArray().Take(3).Select(m => m!["expands"]!.GetValue<bool>()));
        Assert.Contains("DROP", document["newer"]![2]!["obstacles"]![0]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Revision_ReadsItsMigrationsAndWhetherItKnowsTheRule()
    {
        Repositories.Make(directory, new() { ["platform/Data/Migrations/0001_core.sql"] = "", ["platform/Data/Migrations/0013_work_gauges.sql"] = "" });
        var old = await RunAsync(1, "--to", "main");
        Assert.Contains("not safe 0014_error_order.sql", old.Output, StringComparison.Ordinal);
        Assert.Contains("main is older than the rule", old.Output, StringComparison.Ordinal);

        Repositories.Make(directory, new() { ["platform/Data/Migrations/9999_all.sql"] = "", ["platform/Data/Expansion/ExpandRules.cs"] = "" });
        Assert.Contains("works on the same schema", (await RunAsync(0, "--to", "HEAD")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--to", "nowhere")]
    [InlineData("--to", "--output=x")]
    [InlineData("--schema", "0")]
    [InlineData("--schema", "13", "--to", "HEAD")]
    public async Task Check_WrongRelease_IsWrongUsage(params string[] arguments)
    {
        Repositories.Make(directory, new() { ["a"] = "" });
        await RunAsync(2, arguments);
    }

    private async Task<NaviProcess> RunAsync(int expected, params string[] arguments)
    {
        await using var process = NaviProcess.Start(new Dictionary<string, string> { ["NAVI_HOME"] = directory, ["NAVI_CONFIG_HOME"] = directory }, directory, ["rollback-check", .. arguments]);
        var code = await process.ExitCodeAsync();
        Assert.True(code == expected, $"Exit code {code} instead of {expected}: {process.Output} {process.Error}");
        return process;
    }
}
