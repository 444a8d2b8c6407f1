using Microsoft.IdentityModel.Tokens;

namespace Navi.Platform.Security.SigningKeys;

/// <summary>The keys of NAVI's own tokens at one moment. Does not change; another moment's keys are another set.</summary>
public sealed class SigningKeySet
{
    internal SigningKeySet(SecurityKey signing, IReadOnlyList<SecurityKey> published, IReadOnlyList<SymmetricSecurityKey> encrypting, string version)
    {
        Signing = signing;
        Published = published;
        Encrypting = encrypting;
        Version = version;
    }

    /// <summary>The key that signs now: ES256, with its private part; its <c>KeyId</c> is the kid.</summary>
    public SecurityKey Signing { get; }

    /// <summary>The public parts of all keys that may verify: the one that signs now first, then those that signed before, and last the next one, which does not sign yet.</summary>
    public IReadOnlyList<SecurityKey> Published { get; }

    /// <summary>256-bit keys: the one that encrypts now first, then those that still decrypt, and last the next one, which another process may use a moment earlier.</summary>
    public IReadOnlyList<SymmetricSecurityKey> Encrypting { get; }

    /// <summary>Names the set: the same exactly as long as the keys, their order and their parts in it are.</summary>
    public string Version { get; }
}
