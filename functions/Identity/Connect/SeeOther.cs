using Microsoft.AspNetCore.Http;

namespace Navi.Functions.Identity.Connect;

/// <summary>Sends a browser on with GET (RFC 9110, 15.4.4).</summary>
internal sealed class SeeOther : IResult
{
    private readonly string location;

    private SeeOther(string location) => this.location = location;

    /// <param name="location">A path of ours, or an address that was checked.</param>
    public static IResult To(string location) => new SeeOther(location);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = location;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
