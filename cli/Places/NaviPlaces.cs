namespace Navi.Cli.Places;

/// <summary>Directories and files of this installation, from the environment.</summary>
/// <param name="Home">Database cluster, workspaces, run files, logs.</param>
/// <param name="ConfigHome">The token and the keys.</param>
internal sealed record NaviPlaces(string Home, string ConfigHome)
{
    public string Runs => Path.Combine(Home, "run");

    public string Log => Path.Combine(Home, "logs", "navi.log");

    /// <summary>Key files lie apart from the database that holds what they encrypt, and processes of several homes share them with a database.</summary>
    public string Keys => Path.Combine(ConfigHome, "keys");

    public string TokenFile => Path.Combine(ConfigHome, "token");

    /// <param name="variable">Reads an environment variable; null when unset.</param>
    /// <param name="isRoot">Root's data live where the database server's user may enter.</param>
    /// <exception cref="CliException">No home directory is known.</exception>
    public static NaviPlaces Find(Func<string, string?> variable, bool isRoot)
    {
        var home = Set("NAVI_HOME") ?? (isRoot ? "/var/lib/navi" : Under("XDG_DATA_HOME", ".local/share"));
        var config = Set("NAVI_CONFIG_HOME") ?? Under("XDG_CONFIG_HOME", ".config");
        return new NaviPlaces(Path.GetFullPath(home), Path.GetFullPath(config));

        string? Set(string name) => variable(name) is { Length: > 0 } value ? value : null;

        string Under(string xdg, string usual)
        {
            // The XDG Base Directory specification has relative paths ignored.
            if (Set(xdg) is { } given && Path.IsPathRooted(given))
                return Path.Combine(given, "navi");
            var user = Set("HOME") ?? throw CliException.Usage($"Neither HOME nor {xdg} is set: set NAVI_HOME and NAVI_CONFIG_HOME to directories that you may write to.");
            return Path.Combine(user, usual, "navi");
        }
    }
}
