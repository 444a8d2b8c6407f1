using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;
using Navi.Platform.Security.Identity.Issuers;

namespace Navi.Platform.Security.Identity;

/// <summary>Stops a process at start whose callers could not be told apart.</summary>
internal sealed partial class IdentityOptionsValidator(IOptions<NaviOptions> navi) : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrEmpty(options.LocalToken) && options.Tokens.Count == 0 && options.Issuers.Count == 0)
            failures.Add("Navi:Identity has neither token nor issuer: set Navi:Identity:Issuers:0:Authority and Audience, or Navi:Identity:Tokens:0:Sha256, User, Organisation and Roles (or Navi:Identity:LocalToken in the Local environment).");
        if (!string.IsNullOrEmpty(options.LocalToken))
        {
            if (!navi.Value.IsLocal)
                failures.Add($"Navi:Identity:LocalToken is only for the Local environment, this is {navi.Value.Environment}: use Navi:Identity:Tokens.");
            if (options.LocalToken.Length < IdentityOptions.ShortestToken)
                failures.Add($"Navi:Identity:LocalToken has {options.LocalToken.Length} characters; at least {IdentityOptions.ShortestToken} are needed.");
        }
        for (var i = 0; i < options.Tokens.Count; i++)
            Check(options.Tokens[i], $"Navi:Identity:Tokens:{i}", failures);
        for (var i = 0; i < options.Issuers.Count; i++)
            Check(options.Issuers[i], $"Navi:Identity:Issuers:{i}", failures);
        foreach (var same in options.Issuers.CountBy(i => i.Authority.TrimEnd('/')).Where(a => a.Key.Length > 0 && a.Value > 1))
            failures.Add($"Navi:Identity:Issuers names the authority '{same.Key}' {same.Value} times: a token does not say which entry it means.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(TokenEntry entry, string at, List<string> failures)
    {
        if (!Digest().IsMatch(entry.Sha256))
            failures.Add($"{at}:Sha256 must be the SHA-256 of the token, 64 hexadecimal digits.");
        if (string.IsNullOrWhiteSpace(entry.User) || string.IsNullOrWhiteSpace(entry.Organisation))
            failures.Add($"{at} needs User and Organisation.");
        if (entry.Organisation == Role.Installation)
            failures.Add($"{at}:Organisation is '{Role.Installation}', which is the installation's own: take another name.");
        if (entry.Roles.Count == 0 || entry.Roles.Except(Role.All).Any())
            failures.Add($"{at}:Roles is '{string.Join(',', entry.Roles)}'; it must name one or more of {string.Join(", ", Role.All)}.");
    }

    private void Check(IssuerEntry entry, string at, List<string> failures)
    {
        if (!Uri.TryCreate(entry.Authority, UriKind.Absolute, out var authority) || !(authority.Scheme == Uri.UriSchemeHttps || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback && navi.Value.IsLocal)))
            failures.Add($"{at}:Authority is '{entry.Authority}'; it must be an https URL (http only on this machine, in the Local environment).");
        if (string.IsNullOrWhiteSpace(entry.Audience))
            failures.Add($"{at}:Audience is empty: it must be the 'aud' that the issuer puts into tokens for NAVI.");
        if (string.IsNullOrWhiteSpace(entry.Organisation) == string.IsNullOrWhiteSpace(entry.OrganisationClaim))
            failures.Add($"{at} needs either Organisation or OrganisationClaim, not both.");
        if (entry.Organisation == Role.Installation)
            failures.Add($"{at}:Organisation is '{Role.Installation}', which is the installation's own: take another name.");
        if (string.IsNullOrWhiteSpace(entry.UserClaim) || string.IsNullOrWhiteSpace(entry.RolesClaim))
            failures.Add($"{at} needs UserClaim and RolesClaim.");
        if (entry.SignsIn && !entry.Scope.Split(' ').Contains("openid"))
            failures.Add($"{at}:Scope is '{entry.Scope}'; it must contain openid, or the issuer says nothing of who signs in.");
    }

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex Digest();
}
