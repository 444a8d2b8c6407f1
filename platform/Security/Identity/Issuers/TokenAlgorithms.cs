using Microsoft.IdentityModel.Tokens;

namespace Navi.Platform.Security.Identity.Issuers;

/// <summary>What every token is held to, whoever made it.</summary>
internal static class TokenAlgorithms
{
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    public static readonly string[] Accepted =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384,
    ];
}
