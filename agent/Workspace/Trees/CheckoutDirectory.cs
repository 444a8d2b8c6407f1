using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Navi.Agent.Workspace;

/// <summary>
/// Creates new files below one directory, each name opened in its parent's descriptor and no link followed: whatever lies there already,
/// nothing is written outside. Needs no openat2(2), which containers may deny. Not thread-safe.
/// </summary>
internal sealed class CheckoutDirectory : IDisposable
{
    private const int Here = -100;
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;
    private const int Exists = 17;
    private const int NotADirectory = 20;
    private const int TooManyLinks = 40;

    // These two differ between architectures.
    private static readonly bool Arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
    private static readonly int DirectoryOnly = Arm ? 0x4000 : 0x10000;
    private static readonly int NoFollow = Arm ? 0x8000 : 0x20000;

    // The directories from the root to that of the last file; a tree's order makes most files share it.
    private readonly List<(string Name, SafeFileHandle Handle)> open = [];
    private readonly SafeFileHandle root;

    public CheckoutDirectory(string directory) => root = Handle(openat(Here, directory, PathOnly | DirectoryOnly | NoFollow | CloseOnExec, 0), directory);

    /// <summary>A new empty file, with its directories.</summary>
    /// <exception cref="WorkspaceException">The path is taken, or leads through something that is no directory.</exception>
    public SafeFileHandle CreateFile(string path) =>
        Handle(openat(Descriptor(Parent(path)), Path.GetFileName(path), WriteOnly | Create | Exclusive | NoFollow | CloseOnExec, 0x180), path);

    /// <summary>A new symbolic link, with its directories. Where it points to is not looked at.</summary>
    /// <exception cref="WorkspaceException">As for a file, or the target can't be one.</exception>
    public void CreateLink(string path, string target)
    {
        if (target.Length is 0 or > 4000 || target.Contains('\0', StringComparison.Ordinal))
            throw new WorkspaceException("unsafe_tree", $"The symbolic link '{path}' has no valid target.");
        if (symlinkat(target, Descriptor(Parent(path)), Path.GetFileName(path)) != 0)
            throw Failure(path);
    }

    public void Dispose()
    {
        Close(0);
        root.Dispose();
    }

    private SafeFileHandle Parent(string path)
    {
        var names = path.Split('/')[..^1];
        var same = 0;
        while (same < names.Length && same < open.Count && open[same].Name == names[same])
            same++;
        Close(same);
        foreach (var name in names[same..])
        {
            var parent = Descriptor(open.Count == 0 ? root : open[^1].Handle);
            if (mkdirat(parent, name, 0x1FF) != 0 && Marshal.GetLastPInvokeError() != Exists)
                throw Failure(path);
            open.Add((name, Handle(openat(parent, name, PathOnly | DirectoryOnly | NoFollow | CloseOnExec, 0), path)));
        }

        return open.Count == 0 ? root : open[^1].Handle;
    }

    private void Close(int keep)
    {
        foreach (var (_, handle) in open[keep..])
            handle.Dispose();
        open.RemoveRange(keep, open.Count - keep);
    }

    private static SafeFileHandle Handle(int descriptor, string path) =>
        descriptor < 0 ? throw Failure(path) : new SafeFileHandle(descriptor, ownsHandle: true);

    private static int Descriptor(SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    private static Exception Failure(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return error is Exists or NotADirectory or TooManyLinks
            ? new WorkspaceException("unsafe_tree", $"'{path}' was not created: there is something else, or a link on the way to it.")
            : new IOException($"Cannot create '{path}': {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int openat(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int mkdirat(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int symlinkat([MarshalAs(UnmanagedType.LPUTF8Str)] string target, int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path);
}
