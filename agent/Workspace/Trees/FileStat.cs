using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Navi.Agent.Workspace;

/// <summary>
/// A file's metadata, links not followed, as Linux's statx gives it (its structure is the same on every architecture; see statx(2)).
/// .NET shows neither inode nor change time, which a program can't set back and so prove that a file is untouched.
/// </summary>
internal readonly record struct FileStat(FileKind Kind, bool Executable, long Size, ulong Inode, long ChangedAt, long ModifiedAt, uint Owner, uint Group)
{
    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;

    /// <summary>Runs with the rights of its owner or group (setuid, setgid).</summary>
    public bool Elevated { get; private init; }

    public static FileStat Of(string path)
    {
        var buffer = new byte[256];
        if (statx(CurrentDirectory, path, NoFollow, BasicStats, buffer) != 0)
        {
            // ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP: there is no such file. The rest is a failure.
            var error = Marshal.GetLastPInvokeError();
            return error is 2 or 20 or 36 or 40
                ? default
                : throw new IOException($"Cannot read the metadata of '{path}': {Marshal.GetPInvokeErrorMessage(error)}", error);
        }

        var mode = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(28));
        var kind = (mode & 0xF000) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Directory,
            0xA000 => FileKind.SymbolicLink,
            _ => FileKind.Special,
        };
        return new(
            kind,
            (mode & 0x40) != 0,
            BinaryPrimitives.ReadInt64LittleEndian(buffer.AsSpan(40)),
            BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(32)),
            Time(buffer.AsSpan(96)),
            Time(buffer.AsSpan(112)),
            BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(20)),
            BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(24))) { Elevated = (mode & 0xC00) != 0 };
    }

    // Nanoseconds since 1970.
    private static long Time(ReadOnlySpan<byte> stamp) =>
        BinaryPrimitives.ReadInt64LittleEndian(stamp) * 1_000_000_000 + BinaryPrimitives.ReadUInt32LittleEndian(stamp[8..]);

    [DllImport("libc", SetLastError = true)]
    private static extern int statx(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] buffer);
}
