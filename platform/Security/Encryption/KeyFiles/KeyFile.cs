using System.Text.RegularExpressions;

namespace Navi.Platform.Security.Encryption.KeyFiles;

/// <summary>Reads a key file: 256 random bits as 64 hexadecimal digits, readable by its owner alone.</summary>
internal static partial class KeyFile
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    // 32 random bytes have about 30 different values; fewer than 16 would not come in the life of the universe.
    private const int LeastDifferentBytes = 16;
    private const int LongestFile = 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>True for a name that stays inside its directory.</summary>
    public static bool IsName(string keyId) => Name().IsMatch(keyId);

    /// <summary>The key in the file.</summary>
    /// <exception cref="EncryptionKeyException">The file is missing, unreadable, readable by others, malformed or weak.</exception>
    public static byte[] Read(string directory, string keyId)
    {
        var path = Path.Combine(directory, keyId);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            // Of the open file, not of the name, which might mean another one by now.
            var mode = File.GetUnixFileMode(file.SafeFileHandle);
            if ((mode & Others) != 0)
                throw new EncryptionKeyException($"The key file '{path}' has mode {Convert.ToString((int)mode, 8)}: others than its owner may use it. It must have mode 600; if others could read it, make another key and rotate.");
            using var reader = new StreamReader(file);
            var buffer = new char[LongestFile];
            var text = buffer.AsSpan(0, reader.ReadBlock(buffer, 0, LongestFile)).Trim();
            if (text.Length != 2 * KeyBytes || text.ContainsAnyExcept("0123456789abcdefABCDEF"))
                throw new EncryptionKeyException($"The key file '{path}' must hold 64 hexadecimal digits, such as 'openssl rand -hex 32' prints.");
            var key = Convert.FromHexString(text);
            return key.Distinct().Count() >= LeastDifferentBytes ? key : throw new EncryptionKeyException($"The key file '{path}' does not hold random bits: make it with 'openssl rand -hex 32'.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EncryptionKeyException($"There is no key file '{path}': restore it, or correct Navi:Encryption:KeyDirectory and Navi:Encryption:KeyId.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EncryptionKeyException($"The key file '{path}' can't be read: {e.Message}", e);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}
