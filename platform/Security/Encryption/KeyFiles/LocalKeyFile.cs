using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Navi.Platform.Files;
using Navi.Platform.Hosting;

namespace Navi.Platform.Security.Encryption.KeyFiles;

/// <summary>The key file of the Local environment, made once when no key is named.</summary>
public sealed class LocalKeyFile(IOptions<NaviOptions> navi, IOptions<EncryptionOptions> options)
{
    /// <summary>The key's id.</summary>
    internal const string Name = "local";

    /// <summary>Makes the file when it is missing; one that another process makes meanwhile wins. Does nothing outside Local, or when another key is named.</summary>
    /// <exception cref="EncryptionKeyException">The directory can't be written.</exception>
    public void Ensure()
    {
        if (!navi.Value.IsLocal || options.Value.KeyId != Name)
            return;
        var path = Path.Combine(options.Value.KeyDirectory, Name);
        if (File.Exists(path))
            return;
        try
        {
            PrivateFiles.Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyFile.KeyBytes)) + "\n", replace: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EncryptionKeyException($"The key file '{path}' can't be made: {e.Message} Set Navi:Encryption:KeyDirectory to a directory that NAVI may write to.", e);
        }
    }
}
