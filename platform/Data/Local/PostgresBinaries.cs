using System.Globalization;

namespace Navi.Platform.Data.Local;

/// <summary>Finds the server programs of PostgreSQL on this machine.</summary>
public static class PostgresBinaries
{
    private const string DebianRoot = "/usr/lib/postgresql";
    private static readonly string[] OtherPlaces = ["/usr/pgsql-17/bin", "/usr/pgsql-16/bin", "/usr/pgsql-15/bin", "/opt/homebrew/bin", "/usr/local/pgsql/bin"];

    /// <summary>The command that installs what <see cref="Find"/> looks for, on Debian and its relatives.</summary>
    public const string InstallCommand = "sudo apt-get install -y postgresql";

    /// <summary>Directory that holds initdb, pg_ctl and postgres: the newest of Debian's versioned ones, else one on PATH; null when there is none.</summary>
    public static string? Find() =>
        DebianDirectories().Concat(OtherPlaces).Concat(PathDirectories()).FirstOrDefault(IsComplete);

    private static IEnumerable<string> DebianDirectories() =>
        Directory.Exists(DebianRoot)
            ? Directory.GetDirectories(DebianRoot)
                .OrderByDescending(d => double.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var v) ? v : 0)
                .Select(d => Path.Combine(d, "bin"))
            : [];

    private static IEnumerable<string> PathDirectories() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsComplete(string directory) =>
        File.Exists(Path.Combine(directory, "initdb")) && File.Exists(Path.Combine(directory, "pg_ctl")) && File.Exists(Path.Combine(directory, "postgres"));
}
