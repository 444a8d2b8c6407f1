namespace Navi.Platform.Security.SigningKeys;

/// <summary>A key about to be stored.</summary>
/// <param name="Id">Its kid.</param>
/// <param name="Use"><c>sign</c> or <c>encrypt</c>.</param>
/// <param name="Algorithm"><c>ES256</c> or <c>dir</c>.</param>
/// <param name="PublicJwk">The public part (RFC 7517); null for a symmetric key.</param>
/// <param name="PrivateKey">The enveloped secret part.</param>
internal sealed record NewKey(string Id, string Use, string Algorithm, string? PublicJwk, byte[] PrivateKey);
