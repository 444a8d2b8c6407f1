using Navi.Benchmarks.Durable;
using Navi.Measuring;

namespace Navi.EndToEnd.Tests.Benchmarks.Durable;

public sealed class DurableBenchOptionsTests
{
    [Fact]
    public void Parse_Nothing_MeasuresAllButTheMixedLoadWithoutPeers()
    {
        var options = DurableBenchOptions.Parse([]);
        Assert.Equal(["floors", "w1", "w2", "w3", "replay", "takeover", "parked", "workers"], options.Parts);
        Assert.Equal((5, 300, 100_000, false, false), (options.Rounds, options.WarmUp, options.Parked, options.Peers, options.Json));
    }

    [Fact]
    public void Parse_Everything_IsTaken()
    {
        var options = DurableBenchOptions.Parse(
            ["--only", "mixed,w3,parked,w1", "--rounds", "2", "--warm-up", "7", "--parked", "9", "--minutes", "3", "--old-snapshot", "--peers", "--json"]);
        Assert.Equal(["w1", "w3", "parked", "mixed"], options.Parts);
        Assert.Equal((2, 7, 9, TimeSpan.FromMinutes(3)), (options.Rounds, options.WarmUp, options.Parked, options.Length));
        Assert.True(options is { OldSnapshot: true, Peers: true, Json: true });
    }

    [Theory]
    [InlineData("--rounds: '0' is not a number from 1 to 100.", "--rounds", "0")]
    [InlineData("--warm-up: 'many' is not a number from 1 to 2000.", "--warm-up", "many")]
    [InlineData("--parked: '-1' is not a number from 1 to 1000000.", "--parked", "-1")]
    [InlineData("--minutes: '1441' is not a number from 1 to 1440.", "--only", "mixed", "--minutes", "1441")]
    [InlineData("--only: 'w4' is not one of floors, w1, w2, w3, replay, takeover, parked, workers, mixed.", "--only", "w1,w4")]
    [InlineData("--only needs a value.", "--only")]
    [InlineData("--json is given twice.", "--json", "--json")]
    [InlineData("There is no option '--fast'.", "--fast")]
    [InlineData("--minutes is for the part 'mixed', which is not measured: add it to --only.", "--minutes", "3")]
    [InlineData("--old-snapshot is for the part 'mixed', which is not measured: add it to --only.", "--only", "w1", "--old-snapshot")]
    [InlineData("--parked is for the part 'parked', which is not measured: add it to --only.", "--only", "w1", "--parked", "5")]
    [InlineData("--peers: none of w1, w2, w3 is among '--only floors,replay'; the peers run these.", "--peers", "--only", "replay,floors")]
    public void Parse_WhatCannotBe_SaysWhatWouldBeRight(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => DurableBenchOptions.Parse(arguments)).Message);
}
