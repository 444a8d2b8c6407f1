using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Navi.Portable.Host.Tests.Http;

/// <summary>Each class holds one mistake that stops the start.</summary>
public static class RefusedFunctions
{
    public static class Keyed
    {
        [Function("Keyed")]
        public static IResult Run([HttpTrigger("get")] HttpRequest request) => Results.Ok();
    }

    public static class ReturnsText
    {
        [Function("ReturnsText")]
        public static Task<string> Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Task.FromResult("lost");
    }

    public static class UnknownParameter
    {
        [Function("UnknownParameter")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "x/{id}")] HttpRequest request, string id, string other) => Results.Ok();
    }

    public static class NoTrigger
    {
        [Function("NoTrigger")]
        public static IResult Run(HttpRequest request) => Results.Ok();
    }

    public static class TwoTriggers
    {
        [Function("TwoTriggers")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, [TimerTrigger("0 0 0 * * *")] TimerInfo timer) => Results.Ok();
    }

    public static class SameName
    {
        [Function("Same")]
        public static IResult First([HttpTrigger(AuthorizationLevel.Anonymous, Route = "one")] HttpRequest request) => Results.Ok();

        [Function("same")]
        public static IResult Second([HttpTrigger(AuthorizationLevel.Anonymous, Route = "two")] HttpRequest request) => Results.Ok();
    }

    public static class BadRoute
    {
        [Function("BadRoute")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{b")] HttpRequest request) => Results.Ok();
    }

    public static class MissingSetting
    {
        [Function("MissingSetting")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/%NAVI_TEST_ROUTE_PART%")] HttpRequest request) => Results.Text("found");
    }

    public static class NeedsDatabase
    {
        [Function("NeedsDatabase")]
        public static void Run([TimerTrigger("0 0 0 * * *")] TimerInfo timer)
        {
        }
    }
}
