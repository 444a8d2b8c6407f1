using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Navi.Drills.Staging;

/// <summary>This machine's address on a network.</summary>
internal static class NetworkAddress
{
    /// <summary>One that is not its own alone; null on a machine without a network.</summary>
    public static IPAddress? Find() => NetworkInterface.GetAllNetworkInterfaces().Where(n => n.OperationalStatus == OperationalStatus.Up && n.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address).FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a));
}
