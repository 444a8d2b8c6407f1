using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Navi.Agent.Tests.Models.Support;

internal static class KestrelExtensions
{
    /// <summary>Listens on a free port of 127.0.0.1 and tells of each connection.</summary>
    public static void ListenLocalhostOrLoopback(this KestrelServerOptions options, Action connected) => options.Listen(IPAddress.Loopback, 0, l => l.Use(next => connection =>
    {
        connected();
        return next(connection);
    }));
}
