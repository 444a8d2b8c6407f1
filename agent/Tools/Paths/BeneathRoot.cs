using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Navi.Agent.Tools;

/// <summary>Opens files below a directory by openat2(2), which never follows a link and never leaves the directory.</summary>
internal static class BeneathRoot
{
    // The same number on every architecture that has the call (Linux 5.6).
    private const long OpenAt2 = 437;
    private const ulong ReadOnly = 0;
    private const ulong WriteOnly = 0x1;
    private const ulong Create = 0x40;
    private const ulong Truncate = 0x200;
    private const ulong NonBlocking = 0x800;
    private const ulong CloseOnExec = 0x80000;
    private const ulong PathOnly = 0x200000;
    private const ulong NoMagicLinks = 0x02;
    private const ulong NoSymlinks = 0x04;
    private const ulong Beneath = 0x08;
    private const int NoSuchCall = 38;
    private const int NotPermitted = 1;

    public static SafeFileHandle OpenDirectory(string root)
    {
        var descriptor = open(root, (int)(PathOnly | CloseOnExec));
        return descriptor < 0
            ? throw new IOException($"Cannot open the workspace directory: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError())
            : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Null where the kernel lacks the call, or a container's seccomp profile denies it.</summary>
    public static SafeFileHandle? Open(SafeFileHandle root, string relative, bool write)
    {
        // struct open_how: flags, mode, resolve. O_NONBLOCK: a pipe swapped in must not block.
        ulong[] how = [(write ? WriteOnly | Create | Truncate : ReadOnly) | NonBlocking | CloseOnExec, write ? 0x1A4UL : 0, NoMagicLinks | NoSymlinks | Beneath];
        var descriptor = syscall(OpenAt2, root.DangerousGetHandle(), relative, how, how.Length * sizeof(ulong));
        if (descriptor >= 0)
            return new SafeFileHandle((nint)descriptor, ownsHandle: true);
        var error = Marshal.GetLastPInvokeError();
        if (error is NoSuchCall or NotPermitted)
            return null;
        if (error is 40 or 18)
            throw new PathRefusedException($"Path '{BoundedText.Brief(relative)}' leads through a symbolic link or out of the workspace.");
        throw new IOException($"Cannot open '{relative}': {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern long syscall(long number, nint directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, [In] ulong[] how, nint size);
}
