using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;

namespace Navi.Portable.Host.Tests.Middleware;

public sealed class MiddlewareTests : IAsyncLifetime
{
    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(RunningHost.Options(typeof(MiddlewareFunctions)), builder =>
    {
        builder.Worker.UseMiddleware<OuterMiddleware>();
        builder.Worker.UseMiddleware((context, next) =>
        {
            ((List<string>)context.Items["steps"]).Add("inner");
            return next();
        });
        builder.Worker.UseWhen(context => context.GetHttpContext()?.Request.Query.ContainsKey("extra") == true, (context, next) =>
        {
            ((List<string>)context.Items["steps"]).Add("extra");
            return next();
        });
    });

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("open", "outer inner function")]
    [InlineData("open?extra=1", "outer inner extra function")]
    [InlineData("typed", "replaced")]
    public async Task Invoke_Chain_RunsInTheOrderOfRegistration(string path, string expected) => Assert.Equal(expected, await host.Client.GetStringAsync(path));

    [Fact]
    public async Task Invoke_ShortCircuit_AnswersWithoutTheFunction()
    {
        var response = await host.Client.GetAsync("closed");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain("reached", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Invoke_FunctionThrows_MiddlewareMayTranslateIt()
    {
        var response = await host.Client.GetAsync("broken");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("inner", await response.Content.ReadAsStringAsync());
    }
}
