using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Navi.Agent.Tests.Sandbox.Escapes;

/// <summary>What a command must not reach, and the witnesses that tell whether it did: a secret, a directory, listeners, a process.</summary>
internal sealed class EscapeWorld : IDisposable
{
    /// <summary>What an attempt prints when it got out.</summary>
    public const string Mark = "ESCAPED";

    private const string Secret = "navi-secret-value";
    private const string Variable = "NAVI_ESCAPE_SECRET";

    private readonly string root = Directory.CreateTempSubdirectory("navi-escape-").FullName;
    private readonly Socket tcp = Listening(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp), new IPEndPoint(IPAddress.Any, 0));
    private readonly Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket path;
    private readonly Socket hidden;
    private readonly string hiddenName = "navi-escape-" + Guid.NewGuid().ToString("N");
    private readonly FileStream held;
    private readonly Process victim;

    public EscapeWorld()
    {
        Workspace = Directory.CreateDirectory(Path.Combine(root, "workspace")).FullName;
        Outside = Directory.CreateDirectory(Path.Combine(root, "outside")).FullName;
        File.WriteAllText(Path.Combine(Outside, "secret"), Secret + "\n");
        // Somebody else's file descriptor and variable, for attempts to inherit or read.
        held = File.OpenRead(Path.Combine(Outside, "secret"));
        Environment.SetEnvironmentVariable(Variable, Secret);
        var start = new ProcessStartInfo("sleep", ["600"]) { WorkingDirectory = Outside };
        start.Environment[Variable] = Secret;
        victim = Process.Start(start)!;
        udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        path = Listening(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint(Path.Combine(root, "socket")));
        hidden = Listening(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified), new UnixDomainSocketEndPoint("\0" + hiddenName));
    }

    public string Workspace { get; }

    public string Outside { get; }

    private string Shared => "/dev/shm/" + hiddenName;

    /// <summary>The line with the names of this world in it.</summary>
    public string Fill(string line) => line
        .Replace("{out}", Outside, StringComparison.Ordinal).Replace("{secret}", $"grep -q {Secret}", StringComparison.Ordinal).Replace("{won}", "echo " + Mark, StringComparison.Ordinal)
        .Replace("{self}", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{victim}", victim.Id.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{tcp}", Port(tcp), StringComparison.Ordinal).Replace("{udp}", Port(udp), StringComparison.Ordinal).Replace("{socket}", Path.Combine(root, "socket"), StringComparison.Ordinal)
        .Replace("{hidden}", hiddenName, StringComparison.Ordinal).Replace("{shared}", Shared, StringComparison.Ordinal).Replace("{address}", Address(), StringComparison.Ordinal);

    /// <summary>What shows that a command got out; null when nothing does.</summary>
    public async Task<string?> WitnessAsync(string output)
    {
        // What was sent before the command ended is here soon.
        await Task.Delay(20);
        return output.Contains(Mark, StringComparison.Ordinal) ? "it says so: " + output
            : output.Contains(Secret, StringComparison.Ordinal) ? "it printed the secret"
            : Directory.GetFileSystemEntries(Outside) is { Length: not 1 } others ? "it changed the directory: " + string.Join(", ", others)
            : Directory.GetFileSystemEntries(root).Length != 3 ? "it changed the directory above its own"
            : await File.ReadAllTextAsync(Path.Combine(Outside, "secret")) != Secret + "\n" ? "it changed the secret"
            : tcp.Poll(0, SelectMode.SelectRead) ? "it connected by TCP"
            : udp.Available > 0 ? "it sent a datagram"
            : path.Poll(0, SelectMode.SelectRead) ? "it connected to a socket's path"
            : hidden.Poll(0, SelectMode.SelectRead) ? "it connected to an abstract socket"
            : victim.HasExited ? "it ended a process"
            : File.Exists(Shared) ? "it wrote into shared memory"
            : null;
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        if (!victim.HasExited)
            victim.Kill();
        victim.WaitForExit();
        victim.Dispose();
        held.Dispose();
        foreach (var socket in new[] { tcp, udp, path, hidden })
            socket.Dispose();
        File.Delete(Shared);
        Directory.Delete(root, recursive: true);
    }

    private static Socket Listening(Socket socket, EndPoint place)
    {
        socket.Bind(place);
        socket.Listen();
        return socket;
    }

    private static string Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);

    // One of the machine's own addresses beside loopback, where it has one.
    private static string Address() => System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
        .SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address)
        .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a))?.ToString() ?? "127.0.0.1";
}
