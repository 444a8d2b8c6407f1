using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;
using Navi.Platform.Security.SigningKeys;

namespace Navi.Platform.Security.Issuer;

/// <summary>Stops a process at start whose issuer would have a name that nobody can reach, or send secrets in the clear.</summary>
internal sealed class IssuerOptionsValidator(IOptions<NaviOptions> navi, IOptions<SigningKeyOptions> keys) : IValidateOptions<IssuerOptions>
{
    public ValidateOptionsResult Validate(string? name, IssuerOptions options)
    {
        if (options.AccessTokenLifetime >= keys.Value.KeepAfter)
            return ValidateOptionsResult.Fail($"Navi:Issuer:AccessTokenLifetime ({options.AccessTokenLifetime:c}) must be below Navi:SigningKeys:KeepAfter ({keys.Value.KeepAfter:c}): tokens would outlive the key that proves them.");
        if (options.RefreshTokenLifetime >= keys.Value.EncryptKeepAfter)
            return ValidateOptionsResult.Fail($"Navi:Issuer:RefreshTokenLifetime ({options.RefreshTokenLifetime:c}) must be below Navi:SigningKeys:EncryptKeepAfter ({keys.Value.EncryptKeepAfter:c}): tokens would outlive the key that opens them.");
        if (options.PublicUrl is not { Length: > 0 } given)
            return ValidateOptionsResult.Success;
        if (!Uri.TryCreate(given, UriKind.Absolute, out var url) || url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            return ValidateOptionsResult.Fail($"Navi:Issuer:PublicUrl is '{given}'; it must be an address without path, such as https://navi.example.com.");
        var secure = url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback && navi.Value.IsLocal);
        return secure ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Navi:Issuer:PublicUrl is '{given}'; it must be https (http only on this machine, in the Local environment).");
    }
}
