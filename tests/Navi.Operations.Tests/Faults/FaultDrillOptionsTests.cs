using Navi.Drills.Faults;

namespace Navi.Operations.Tests.Faults;

/// <summary>The drill's command line.</summary>
public sealed class FaultDrillOptionsTests
{
    [Fact]
    public void Parse_Nothing_MeansAllFaults() => Assert.Equal(FaultDrillOptions.All.Count, FaultDrillOptions.Parse([]).Faults.Count);

    [Fact]
    public void Parse_OneFault_MeansIt() => Assert.Equal(["slow-disk"], FaultDrillOptions.Parse(["--fault", "slow-disk"]).Faults);

    [Theory]
    [InlineData("There is no fault 'flood'", "--fault", "flood")]
    [InlineData("--fault needs a name", "--fault")]
    [InlineData("'now' is not understood", "now")]
    [InlineData("leave --fault out", "--fault", "slow-disk", "--write")]
    public void Parse_BadArguments_AreNamed(string message, params string[] arguments) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => FaultDrillOptions.Parse(arguments)).Message);
}
