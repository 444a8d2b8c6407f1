using LibGit2Sharp;

namespace Navi.Agent.Workspace;

/// <summary>Process-wide settings of libgit2, applied once before its first use.</summary>
internal static class GitSettings
{
    private static readonly Lazy<bool> Applied = new(() =>
    {
        // The machine's and the user's git configuration (autocrlf, excludes, url rewrites) must not change what a task sees.
        foreach (var level in new[] { ConfigurationLevel.Global, ConfigurationLevel.Xdg, ConfigurationLevel.System, ConfigurationLevel.ProgramData })
            GlobalSettings.SetConfigSearchPaths(level, "");

        // In containers the repository often belongs to another user than the process. Nothing of the source is executed: libgit2 runs no hooks.
        GlobalSettings.SetOwnerValidation(false);
        return true;
    });

    public static void Apply() => _ = Applied.Value;
}
