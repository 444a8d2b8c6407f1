using Navi.Drills.Kills;

namespace Navi.Operations.Tests.Kills;

/// <summary>The drill's command line.</summary>
public sealed class KillOptionsTests
{
    [Fact]
    public void Parse_Nothing_MeansTheFullRun() => Assert.Equal(new KillOptions(200, 10_000, 10, false), KillOptions.Parse([]));

    [Fact]
    public void Parse_QuickAndNumbers_NumbersWin() => Assert.Equal(new KillOptions(7, 1_000, 2, true), KillOptions.Parse(["--json", "--kills", "7", "--quick"]));

    [Theory]
    [InlineData("--kills needs a number greater than 0", "--kills")]
    [InlineData("--kills needs a number greater than 0", "--kills", "many")]
    [InlineData("--executions needs a number greater than 0", "--executions", "0")]
    [InlineData("'fast' is not understood", "fast")]
    public void Parse_BadArguments_AreNamed(string message, params string[] arguments) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => KillOptions.Parse(arguments)).Message);
}
