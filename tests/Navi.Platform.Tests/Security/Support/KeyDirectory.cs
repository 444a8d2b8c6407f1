using System.Security.Cryptography;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;

namespace Navi.Platform.Tests.Security.Support;

/// <summary>A directory of key files, and ciphers that use it.</summary>
internal sealed class KeyDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("navi-keys-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string File(string id) => System.IO.Path.Combine(Path, id);

    /// <summary>Writes a key file, with random bits when no text is given.</summary>
    public void Add(string id, string? text = null, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        System.IO.File.WriteAllText(File(id), text ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + "\n");
        System.IO.File.SetUnixFileMode(File(id), mode);
    }

    public EncryptionOptions Options(string keyId) => new() { KeyId = keyId, KeyDirectory = Path };

    /// <summary>A cipher as a process would have it whose current key is this one.</summary>
    public EnvelopeCipher Cipher(string keyId)
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options(keyId));
        return new EnvelopeCipher(new WrappingKeys(new FileKeyResolver(options), options), options, TimeProvider.System);
    }
}
