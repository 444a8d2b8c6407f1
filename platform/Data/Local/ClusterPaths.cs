using System.Security.Cryptography;
using System.Text;

namespace Navi.Platform.Data.Local;

/// <summary>The files of one private cluster.</summary>
internal sealed class ClusterPaths(string home)
{
    // A Unix socket's path is limited to 107 bytes and PostgreSQL appends its own file name.
    private const int LongestSocketDirectory = 85;

    public string Home { get; } = Path.GetFullPath(home);

    public string Data => Path.Combine(Home, "postgres");

    public string Log => Path.Combine(Data, "server.log");

    public string Password => Path.Combine(Home, "postgres.secret");

    public string Lock => Path.Combine(Home, "postgres.lock");

    public string Sockets
    {
        get
        {
            var own = Path.Combine(Home, "sockets");
            if (Encoding.UTF8.GetByteCount(own) <= LongestSocketDirectory)
                return own;
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Home)))[..16];
            return Path.Combine(Path.GetTempPath(), $"navi-{digest}");
        }
    }
}
