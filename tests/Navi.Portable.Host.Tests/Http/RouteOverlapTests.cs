using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Navi.Portable.Host.Functions;
using Navi.Portable.Host.Http;
using Microsoft.AspNetCore.Http;

namespace Navi.Portable.Host.Tests.Http;

public sealed class RouteOverlapTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "A/B", true)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/{id}", "a/new", true)]
    [InlineData("a/{id}", "a/{name}", true)]
    [InlineData("a/{id}", "a/{id}/b", false)]
    [InlineData("a/{id}/b", "a/x/{y}", true)]
    [InlineData("a/{id:guid}", "a/new", false)]
    [InlineData("a/{id:int}", "a/42", true)]
    [InlineData("a/{id:int}", "a/{name:guid}", true)]
    [InlineData("a/{id?}", "a", true)]
    [InlineData("a/{id=7}", "a", true)]
    [InlineData("{*path}", "a/b", true)]
    [InlineData("{*path}", "", true)]
    [InlineData("assets/{*path}", "assets", true)]
    [InlineData("assets/{*path}", "asset", false)]
    [InlineData("{ignored:maxlength(0)?}", "a", false)]
    [InlineData("{ignored:maxlength(0)?}", "{name}", false)]
    [InlineData("{ignored:maxlength(0)?}", "", true)]
    [InlineData("files/{name}.txt", "files/{name}.json", false)]
    [InlineData("files/{name}.txt", "files/a.txt", true)]
    [InlineData("files/{name}.txt", "files/a.json", false)]
    [InlineData("files/v{n}", "files/{name}.txt", true)]
    public void Find_TwoRoutes_SeesWhetherAPathFitsBoth(string first, string second, bool overlap)
    {
        Assert.Equal(overlap, RouteOverlap.Find([Function(nameof(First), first), Function(nameof(Second), second)]).Any());
        Assert.Equal(overlap, RouteOverlap.Find([Function(nameof(Second), second), Function(nameof(First), first)]).Any());
    }

    [Fact]
    public void Find_DifferentMethods_DoNotOverlap()
    {
        Assert.Empty(RouteOverlap.Find([Function(nameof(First), "a"), Function(nameof(Posting), "a")]));
        Assert.Single(RouteOverlap.Find([Function(nameof(First), "a"), Function(nameof(EveryMethod), "a")]));
    }

    [Fact]
    public void Build_OverlappingFunctions_RefusesAndNamesBoth()
    {
        var message = RunningHost.Refusal(typeof(OverlappingFunctions));
        Assert.Contains("'ShadowedById'", message);
        Assert.Contains("'ShadowedByName'", message);
        Assert.Contains("overlap", message);
    }

    private static HttpFunction Function(string method, string route)
    {
        var info = typeof(RouteOverlapTests).GetMethod(method, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!;
        var parameter = info.GetParameters()[0];
        var trigger = (HttpTriggerAttribute)parameter.GetCustomAttributes(typeof(HttpTriggerAttribute), false)[0];
        trigger.Route = route;
        List<string> problems = [];
        var function = HttpFunction.Read(new FunctionEntry(method, info, TriggerKind.Http, parameter, trigger), new HostJson(""), new ConfigurationManager(), problems);
        Assert.Empty(problems);
        return function!;
    }

    private static IResult First([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();

    private static IResult Second([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();

    private static IResult Posting([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) => Results.Ok();

    private static IResult EveryMethod([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Ok();
}
