using System.Net;

namespace Navi.Portable.Host.Tests.Http;

public sealed class RouteTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(RunningHost.Options(typeof(RouteFunctions)) with { MaxRequestBodyBytes = 1000 });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("v1/things?q=7", "list 7")]
    [InlineData("V1/THINGS", "list ")]
    [InlineData("v1/things/6f1c3b3e-2f63-4e0c-9e4e-0a6f6b9b1a11/5", "6f1c3b3e-2f63-4e0c-9e4e-0a6f6b9b1a11 5 ThingById True True")]
    [InlineData("v1/things/6f1c3b3e-2f63-4e0c-9e4e-0a6f6b9b1a11", "6f1c3b3e-2f63-4e0c-9e4e-0a6f6b9b1a11 none ThingById True True")]
    [InlineData("v1/names/a%20b", "GET a b True")]
    [InlineData("assets/css/site.css", "asset css/site.css")]
    [InlineData("assets", "asset none")]
    [InlineData("", "root")]
    [InlineData("any-method", "GET")]
    public async Task Get_KnownRoute_BindsParametersAndAnswers(string path, string expected) =>
        Assert.Equal(expected, await host.Client.GetStringAsync(path));

    [Theory]
    [InlineData("POST", "v1/things")]
    [InlineData("PUT", "v1/names/x")]
    [InlineData("HEAD", "v1/things")]
    [InlineData("GET", "reads")]
    [InlineData("GET", "v1/things/not-a-guid")]
    [InlineData("GET", "unknown")]
    public async Task Request_WrongMethodOrRoute_IsNotFound(string method, string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path))).StatusCode);

    [Fact]
    public async Task Request_SecondListedMethod_IsServed() =>
        Assert.Equal("DELETE x True", await (await host.Client.DeleteAsync("v1/names/x")).Content.ReadAsStringAsync());

    [Fact]
    public async Task Request_FunctionThrows_IsAnEmpty500()
    {
        var response = await host.Client.GetAsync("fails");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Post_BodyAboveTheLimit_IsAProblem413()
    {
        Assert.Equal("1000", await (await host.Client.PostAsync("reads", new StringContent(new string('x', 1000)))).Content.ReadAsStringAsync());
        var response = await host.Client.PostAsync("reads", new StringContent(new string('x', 1001)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
