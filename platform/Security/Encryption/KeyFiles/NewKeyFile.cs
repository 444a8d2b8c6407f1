using System.Security.Cryptography;
using Navi.Platform.Files;

namespace Navi.Platform.Security.Encryption.KeyFiles;

/// <summary>Makes a key file: 256 bits of the system's randomness, mode 0600.</summary>
public static class NewKeyFile
{
    /// <summary>Makes the file and returns its path. A file of this name is never replaced: what it wraps would be lost.</summary>
    /// <exception cref="EncryptionKeyException">The name can't be one, the directory is missing or can't be written, or there is such a file.</exception>
    public static string Make(string directory, string name)
    {
        if (!KeyFile.IsName(name))
            throw new EncryptionKeyException($"'{name}' can't name a key file: 1 to 64 letters, digits, '.', '_' and '-', not beginning with '.'.");
        var path = Path.Combine(Path.GetFullPath(directory), name);
        if (!Directory.Exists(directory))
            throw new EncryptionKeyException($"There is no directory '{directory}'. Make it for the user that NAVI runs as, with mode 700.");
        try
        {
            if (!PrivateFiles.Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyFile.KeyBytes)) + "\n", replace: false))
                throw new EncryptionKeyException($"There is a file '{path}' already, which is never replaced. Choose another name.");
            File.Delete($"{path}.lock");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EncryptionKeyException($"The key file '{path}' can't be made: {e.Message}", e);
        }
        return path;
    }
}
