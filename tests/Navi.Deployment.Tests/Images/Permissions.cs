using System.Diagnostics;

namespace Navi.Deployment.Tests.Images;

/// <summary>Who may do what with files that a pod sees.</summary>
internal static class Permissions
{
    /// <summary>Mode 0755.</summary>
    public const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Gives a directory and what is in it to a group. Only root can; for anybody else the pod's user is themselves, and the files are theirs.</summary>
    public static void GiveToGroup(string directory, int group)
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        using var chgrp = Process.Start("chgrp", ["-R", $"{group}", directory]);
        chgrp.WaitForExit();
        Assert.Equal(0, chgrp.ExitCode);
    }
}
