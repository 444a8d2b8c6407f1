using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Navi.Portable.Host.Tests.Http;

public static class OverlappingFunctions
{
    [Function("ShadowedById")]
    public static IResult ById([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/{id}")] HttpRequest request) => Results.Ok();

    [Function("ShadowedByName")]
    public static IResult ByName([HttpTrigger(AuthorizationLevel.Anonymous, "GET", Route = "v1/name")] HttpRequest request) => Results.Ok();
}
