using Microsoft.Extensions.Configuration;

namespace Navi.Portable.Host.Tests.Http;

public sealed class RefusalTests
{
    [Theory]
    [InlineData(typeof(RefusedFunctions.Keyed), "'Keyed'", "no function keys")]
    [InlineData(typeof(RefusedFunctions.ReturnsText), "'ReturnsText'", "returns IResult")]
    [InlineData(typeof(RefusedFunctions.UnknownParameter), "'UnknownParameter'", "'other'")]
    [InlineData(typeof(RefusedFunctions.NoTrigger), "'NoTrigger'", "0 triggers")]
    [InlineData(typeof(RefusedFunctions.TwoTriggers), "'TwoTriggers'", "2 triggers")]
    [InlineData(typeof(RefusedFunctions.SameName), "'Same'", "share the name")]
    [InlineData(typeof(RefusedFunctions.BadRoute), "'BadRoute'", "not valid")]
    [InlineData(typeof(RefusedFunctions.MissingSetting), "'MissingSetting'", "no setting 'NAVI_TEST_ROUTE_PART'")]
    [InlineData(typeof(RefusedFunctions.NeedsDatabase), "'NeedsDatabase'", "needs a database")]
    public void Build_FunctionThatCannotBeServed_RefusesAndSaysWhy(Type functions, string name, string reason)
    {
        var message = RunningHost.Refusal(functions);
        Assert.Contains(name, message);
        Assert.Contains(reason, message);
    }

    [Fact]
    public void Build_SeveralMistakes_NamesThemAll()
    {
        var message = RunningHost.Refusal(typeof(RefusedFunctions.Keyed), typeof(RefusedFunctions.NoTrigger));
        Assert.Contains("'Keyed'", message);
        Assert.Contains("'NoTrigger'", message);
    }

    [Fact]
    public async Task Get_RouteWithSetting_IsResolvedFromConfiguration()
    {
        await using var host = await RunningHost.StartAsync(
            RunningHost.Options(typeof(RefusedFunctions.MissingSetting)),
            b => b.Configuration.AddInMemoryCollection([new("NAVI_TEST_ROUTE_PART", "part")]));
        Assert.Equal("found", await host.Client.GetStringAsync("a/part"));
    }
}
