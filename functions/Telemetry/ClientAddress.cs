using System.Net;
using Microsoft.AspNetCore.Http;

namespace Navi.Functions.Telemetry;

/// <summary>Finds out where a request comes from.</summary>
internal static class ClientAddress
{
    /// <summary>The sender's address; null when nobody can tell.</summary>
    /// <param name="request">The request.</param>
    /// <param name="header">The header in which the proxy before NAVI names it; null or empty without such a proxy.</param>
    public static IPAddress? Of(HttpRequest request, string? header)
    {
        if (string.IsNullOrEmpty(header))
            return request.HttpContext.Connection.RemoteIpAddress;
        // Each proxy adds at the right end whom it saw; what stands left of that, the sender may have written. Some add the port.
        var last = request.Headers[header].LastOrDefault()?.Split(',')[^1].Trim();
        return IPEndPoint.TryParse(last ?? "", out var seen) ? seen.Address : null;
    }
}
