using Microsoft.Extensions.Options;
using Navi.Platform.Security.Identity;

namespace Navi.Platform.Hosting.Startup;

/// <summary>Outside Local, refuses callers' tokens and clients' secrets that stand in published examples.</summary>
internal sealed class TokensInDeployment(IOptions<NaviOptions> navi) : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        if (navi.Value.IsLocal)
            return ValidateOptionsResult.Success;
        var failures = new List<string>();
        for (var i = 0; i < options.Tokens.Count; i++)
        {
            if (SampleValues.IsSampleDigest(options.Tokens[i].Sha256 ?? ""))
                failures.Add($"Navi:Identity:Tokens:{i}:Sha256 is the digest of a token that stands in an example; in the environment {navi.Value.Environment} it must be that of a random one, such as 'openssl rand -hex 32' prints.");
        }
        for (var i = 0; i < options.Issuers.Count; i++)
        {
            if (SampleValues.IsSample(options.Issuers[i].ClientSecret))
                failures.Add($"Navi:Identity:Issuers:{i}:ClientSecret stands in an example (not repeated here); in the environment {navi.Value.Environment} it must be the secret that the issuer gave.");
        }
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
