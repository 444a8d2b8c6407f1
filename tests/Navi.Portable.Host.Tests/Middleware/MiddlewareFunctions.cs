using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Navi.Portable.Host.Tests.Middleware;

public static class MiddlewareFunctions
{
    [Function("Open")]
    public static IResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "open")] HttpRequest request, FunctionContext context)
    {
        ((List<string>)context.Items["steps"]).Add("function");
        return Results.Text(string.Join(' ', (List<string>)context.Items["steps"]));
    }

    [Function("Closed")]
    public static IResult Closed([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "closed")] HttpRequest request) => Results.Text("reached");

    [Function("Broken")]
    public static IResult Broken([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken")] HttpRequest request) => throw new FormatException("inner");

    [Function("Typed")]
    public static IResult Typed([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "typed")] HttpRequest request) => Results.Text("original");
}
