namespace Navi.Agent.Workspace;

/// <summary>
/// Takes the setuid and setgid bits off the files that a command left, ignored ones included: what it made belongs to NAVI's user, who may
/// be root, and must not run with that user's rights when anybody else starts it.
/// </summary>
internal static class ElevatedFiles
{
    private const UnixFileMode Bits = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    public static void Strip(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        var left = new Stack<string>([directory]);
        while (left.TryPop(out var current))
            foreach (var path in Directory.EnumerateFileSystemEntries(current))
            {
                var stat = FileStat.Of(path);
                if (stat.Kind == FileKind.Directory)
                    left.Push(path);
                else if (stat is { Kind: FileKind.File, Elevated: true })
                    File.SetUnixFileMode(path, File.GetUnixFileMode(path) & ~Bits);
            }
    }
}
