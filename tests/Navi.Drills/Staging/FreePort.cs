using System.Net;
using System.Net.Sockets;

namespace Navi.Drills.Staging;

/// <summary>Ports for programs that can't tell which one they have taken, or that must come back on the same one.</summary>
internal static class FreePort
{
    /// <summary>A port of 127.0.0.1 that nobody listens on now.</summary>
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
