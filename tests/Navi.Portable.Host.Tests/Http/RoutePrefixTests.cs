using System.Net;

namespace Navi.Portable.Host.Tests.Http;

public sealed class RoutePrefixTests
{
    [Theory]
    [InlineData("""{ "version": "2.0" }""", "api/v1/things")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "inner/part" } } }""", "inner/part/v1/things")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": "" } } } // nothing in front""", "v1/things")]
    public async Task Get_PrefixOfHostJson_StandsBeforeEveryRoute(string hostJson, string path)
    {
        await using var host = await RunningHost.StartAsync(RunningHost.Options(typeof(RouteFunctions)) with { HostJson = hostJson });
        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("x/" + path)).StatusCode);
    }

    [Theory]
    [InlineData("{ nonsense")]
    [InlineData("""{ "extensions": { "http": { "routePrefix": 7 } } }""")]
    public void Build_UnreadableHostJson_Refuses(string hostJson) =>
        Assert.Contains("host.json", RunningHost.Refusal(RunningHost.Options(typeof(RouteFunctions)) with { HostJson = hostJson }));
}
