using Microsoft.Win32.SafeHandles;
using Navi.Agent.Workspace;

namespace Navi.Agent.Tools;

/// <summary>
/// Resolves the paths that a model names inside one directory. Refused: everything outside it, symbolic links anywhere in the path, .git,
/// devices and pipes, names that differ from an existing one only by case. Files are opened by openat2(2) with RESOLVE_BENEATH and
/// RESOLVE_NO_SYMLINKS where the kernel has it, so that a link swapped in after the check does not help.
/// </summary>
internal sealed class PathGuard
{
    /// <summary>The name under which commands see the directory; models repeat it.</summary>
    public const string SandboxRoot = "/workspace";

    public PathGuard(string root) => Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>Absolute path of the directory.</summary>
    public string Root { get; }

    /// <summary>The path relative to the root, '/' separated, without '.' parts; empty for the root itself.</summary>
    public string Relative(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new PathRefusedException($"Path '{Show(path)}' contains a NUL character.");
        var inside = path == SandboxRoot ? "" : path.StartsWith(SandboxRoot + "/", StringComparison.Ordinal) ? path[(SandboxRoot.Length + 1)..] : path;
        if (inside.StartsWith('/'))
            throw new PathRefusedException($"Path '{Show(path)}' is absolute; give a path relative to the workspace.");
        var parts = inside.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").ToList();
        if (parts.Contains(".."))
            throw new PathRefusedException($"Path '{Show(path)}' contains '..'; give a path inside the workspace without it.");
        if (parts.Any(p => p.Equals(".git", StringComparison.OrdinalIgnoreCase)))
            throw new PathRefusedException($"Path '{Show(path)}' is git's own; use the git tools instead.");
        return string.Join('/', parts);
    }

    /// <summary>The absolute path, and what is there now; missing is fine.</summary>
    public (string Full, FileStat Stat) Resolve(string path)
    {
        var relative = Relative(path);
        var current = Root;
        var stat = FileStat.Of(current);
        foreach (var part in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (stat.Kind is FileKind.File)
                throw new PathRefusedException($"Path '{Show(path)}': '{Show(Path.GetRelativePath(Root, current))}' is a file, not a directory.");
            current = Path.Combine(current, part);
            if (stat.Kind == FileKind.Missing)
                continue;
            stat = FileStat.Of(current);
            if (stat.Kind == FileKind.SymbolicLink)
                throw new PathRefusedException($"Path '{Show(path)}': '{Show(Path.GetRelativePath(Root, current))}' is a symbolic link; name the file it points to.");
            if (stat.Kind == FileKind.Special)
                throw new PathRefusedException($"Path '{Show(path)}' is a device, pipe or socket, not a file.");
        }

        return (current, stat);
    }

    /// <summary>A file's bytes. Missing files, directories and files over the bound are refused.</summary>
    public byte[] Read(string path, long maxBytes)
    {
        var (full, stat) = Resolve(path);
        if (stat.Kind == FileKind.Missing)
            throw new PathRefusedException($"File '{Show(path)}' does not exist.{Hint(full)}");
        if (stat.Kind == FileKind.Directory)
            throw new PathRefusedException($"'{Show(path)}' is a directory; list it instead.");
        if (stat.Size > maxBytes)
            throw new PathRefusedException($"File '{Show(path)}' has {stat.Size} bytes; at most {maxBytes} can be read.");
        using var stream = new FileStream(Open(full, write: false), FileAccess.Read);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>Creates or overwrites a file, with its directories. An existing file keeps its mode.</summary>
    public void Write(string path, ReadOnlySpan<byte> content)
    {
        var full = ForWriting(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        using var stream = new FileStream(Open(full, write: true), FileAccess.Write);
        stream.Write(content);
    }

    /// <summary>The absolute path of a file that is about to be written, after all checks.</summary>
    public string ForWriting(string path)
    {
        var (full, stat) = Resolve(path);
        if (stat.Kind == FileKind.Directory || full == Root)
            throw new PathRefusedException($"'{Show(path)}' is a directory; name a file.");
        RefuseCaseTwins(path, full);
        return full;
    }

    // Such a pair can't be checked out on a system that ignores case.
    private void RefuseCaseTwins(string path, string full)
    {
        for (var current = full; current.Length > Root.Length; current = Path.GetDirectoryName(current)!)
        {
            var parent = Path.GetDirectoryName(current)!;
            var name = Path.GetFileName(current);
            if (FileStat.Of(current).Kind != FileKind.Missing || !Directory.Exists(parent))
                continue;
            if (Twin(parent, name) is { } twin)
                throw new PathRefusedException($"Path '{Show(path)}' differs from the existing '{Show(Path.GetRelativePath(Root, twin))}' only by case; use that name.");
        }
    }

    private string Hint(string full) => Directory.Exists(Path.GetDirectoryName(full)) && Twin(Path.GetDirectoryName(full)!, Path.GetFileName(full)) is { } twin
        ? $" There is '{Show(Path.GetRelativePath(Root, twin))}'."
        : "";

    private static string? Twin(string directory, string name) =>
        Directory.EnumerateFileSystemEntries(directory).FirstOrDefault(e => Path.GetFileName(e).Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Show(string path) => BoundedText.Brief(path.Replace('\0', '?'));

    private SafeFileHandle Open(string full, bool write)
    {
        using var root = BeneathRoot.OpenDirectory(Root);
        return BeneathRoot.Open(root, Path.GetRelativePath(Root, full), write) is { } handle
            ? handle
            : File.OpenHandle(full, write ? FileMode.Create : FileMode.Open, write ? FileAccess.Write : FileAccess.Read, FileShare.ReadWrite);
    }
}
