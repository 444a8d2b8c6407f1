using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextExtensions
{
    /// <summary>The key in <see cref="FunctionContext.Items"/> under which a host puts the request.</summary>
    internal const string HttpContextKey = "HttpRequestContext";

    /// <summary>The HTTP request of this invocation, or null when it was not started by one.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Items.TryGetValue(HttpContextKey, out var value) ? value as HttpContext : null;
    }
}
