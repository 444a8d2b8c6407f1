namespace Navi.Drills.Staging;

/// <summary>The command <c>navi</c> of a stage. While it is slow, what it starts on the first disk runs under strace; a seccomp filter leaves every other system call alone.</summary>
/// <param name="root">The stage's directory.</param>
/// <param name="otherDisk">NAVIs whose workspaces lie below it are never slow.</param>
internal sealed class SlowStart(string root, string otherDisk)
{
    /// <summary>What strace is told.</summary>
    public const string Options = "-f --seccomp-bpf -qq -o /dev/null -e trace=fsync,fdatasync -e inject=fsync,fdatasync:delay_enter=900000";

    private readonly string mark = Path.Combine(root, "slow-disk");

    /// <summary>From now on the first disk is slow for what is started.</summary>
    public void Begin() => File.WriteAllText(mark, "");

    /// <summary>And no longer.</summary>
    public void End() => File.Delete(mark);

    /// <summary>Writes the command into <paramref name="directory"/>.</summary>
    public void WriteCommand(string directory)
    {
        var program = $"dotnet exec '{Path.Combine(AppContext.BaseDirectory, "navi.dll")}' \"$@\"";
        var command = Path.Combine(Directory.CreateDirectory(directory).FullName, "navi");
        File.WriteAllText(command, $"""
            #!/bin/sh
            case "$1 $Navi__Workspace__Root" in
              "up {otherDisk}/"*) ;;
              up*) if [ -e '{mark}' ]; then exec strace {Options} {program}; fi ;;
            esac
            exec {program}

            """);
        File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
