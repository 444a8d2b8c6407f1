using Microsoft.IdentityModel.Tokens;

namespace Navi.Platform.Security.Issuer.Keys;

/// <summary>The key that signs, among others that are only published.</summary>
internal sealed class CurrentCredentials(SecurityKey key) : SigningCredentials(key, SecurityAlgorithms.EcdsaSha256);
