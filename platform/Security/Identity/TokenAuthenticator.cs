using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Navi.Platform.Security.Identity;

/// <summary>Tells who a bearer token stands for. Tokens are compared by digest and in constant time.</summary>
public sealed class TokenAuthenticator
{
    private readonly List<(byte[] Digest, Principal Principal)> known = [];

    /// <summary>Reads the accepted tokens.</summary>
    public TokenAuthenticator(IOptions<IdentityOptions> options)
    {
        var given = options.Value;
        if (!string.IsNullOrEmpty(given.LocalToken))
            known.Add((SHA256.HashData(Encoding.UTF8.GetBytes(given.LocalToken)), new Principal(given.LocalUser, "local", Role.All.ToFrozenSet(), Principal.Local)));
        foreach (var entry in given.Tokens)
            known.Add((Convert.FromHexString(entry.Sha256), new Principal(entry.User, entry.Organisation, Role.Implied(entry.Roles))));
    }

    /// <summary>The caller behind an <c>Authorization</c> header; null when there is none.</summary>
    public Principal? Authenticate(string? authorization)
    {
        const string scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[scheme.Length..].Trim()));
        Principal? found = null;
        foreach (var (expected, principal) in known)
        {
            if (CryptographicOperations.FixedTimeEquals(expected, digest))
                found = principal;
        }
        return found;
    }
}
