using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Navi.Portable.Host.Http;

/// <summary>Maps HTTP functions to endpoints.</summary>
internal static class HttpFunctionEndpoints
{
    public static void Map(WebApplication app, IEnumerable<HttpFunction> functions, HttpInvocation invocation)
    {
        app.UseRouting();
        // A known route with another method: ASP.NET Core says 405 there, the Functions host 404.
        app.Use((context, next) =>
        {
            if (context.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<HttpFunction>() is null)
                context.SetEndpoint(null);
            return next(context);
        });
        foreach (var function in functions)
        {
            RequestDelegate answer = context => invocation.AnswerAsync(function, context);
            var endpoint = app.Map(function.Pattern, answer).WithMetadata(function).WithDisplayName(function.Entry.Name);
            if (function.Methods.Count > 0)
                endpoint.WithMetadata(new HttpMethodMetadata(function.Methods));
        }
    }
}
