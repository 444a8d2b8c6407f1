using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Encryption.KeyFiles;

namespace Navi.Platform.Security.Encryption;

/// <summary>In the Local environment a key need not be named: it is the key file <c>local</c>.</summary>
internal sealed class EncryptionDefaults(IOptions<NaviOptions> navi) : IPostConfigureOptions<EncryptionOptions>
{
    public void PostConfigure(string? name, EncryptionOptions options)
    {
        // A null in a configuration file is bound as null, whatever the type says.
        options.KeyId ??= "";
        options.KeyDirectory ??= "";
        if (!navi.Value.IsLocal)
            return;
        if (options.KeyId.Length == 0)
            options.KeyId = LocalKeyFile.Name;
        if (options.KeyDirectory.Length == 0)
            options.KeyDirectory = Path.GetFullPath(Path.Combine(navi.Value.Home, "keys"));
    }
}
