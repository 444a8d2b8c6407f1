using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Navi.Portable.Host.Tests.Http;

public sealed class RouteFunctions(TimeProvider time)
{
    [Function("Things")]
    public static IResult List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/things")] HttpRequest request) => Results.Text($"list {request.Query["q"]}");

    [Function("ThingById")]
    public IResult ById([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/things/{id:guid}/{number:int?}")] HttpRequest request, Guid id, int? number, FunctionContext context) =>
        Results.Text($"{id} {number?.ToString() ?? "none"} {context.FunctionDefinition.Name} {ReferenceEquals(context.GetHttpContext(), request.HttpContext)} {time is not null}");

    [Function("ThingByName")]
    public static async Task<IResult> ByName(
        [HttpTrigger(AuthorizationLevel.Anonymous, "GET", "delete", Route = "v1/names/{name}")] HttpRequest request, string name, CancellationToken cancellation)
    {
        await Task.Yield();
        return Results.Text($"{request.Method} {name} {cancellation.CanBeCanceled}");
    }

    [Function("Asset")]
    public static ValueTask<IResult> Asset([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "assets/{*path}")] HttpRequest request, string? path) =>
        ValueTask.FromResult(Results.Text($"asset {path ?? "none"}"));

    [Function("Root")]
    public static IResult Root([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{ignored:maxlength(0)?}")] HttpRequest request) => Results.Text("root");

    [Function("any-method")]
    public static IResult Any([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Results.Text(request.Method);

    [Function("Fails")]
    public static IResult Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fails")] HttpRequest request) => throw new InvalidOperationException("secret detail");

    [Function("Reads")]
    public static async Task<IResult> Reads([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "reads")] HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return Results.Text((await reader.ReadToEndAsync()).Length.ToString());
    }
}
