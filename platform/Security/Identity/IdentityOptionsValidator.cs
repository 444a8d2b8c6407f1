using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Navi.Platform.Hosting;

namespace Navi.Platform.Security.Identity;

/// <summary>Stops a process at start whose callers could not be told apart.</summary>
internal sealed partial class IdentityOptionsValidator(IOptions<NaviOptions> navi) : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        var failures = new List<string>();
        if (string.IsNullOrEmpty(options.LocalToken) && options.Tokens.Count == 0)
            failures.Add("Navi:Identity has no token: set Navi:Identity:Tokens:0:Sha256, User, Organisation and Roles (or Navi:Identity:LocalToken in the Local environment).");
        if (!string.IsNullOrEmpty(options.LocalToken))
        {
            if (!navi.Value.IsLocal)
                failures.Add($"Navi:Identity:LocalToken is only for the Local environment, this is {navi.Value.Environment}: use Navi:Identity:Tokens.");
            if (options.LocalToken.Length < IdentityOptions.ShortestToken)
                failures.Add($"Navi:Identity:LocalToken has {options.LocalToken.Length} characters; at least {IdentityOptions.ShortestToken} are needed.");
        }
        for (var i = 0; i < options.Tokens.Count; i++)
            Check(options.Tokens[i], $"Navi:Identity:Tokens:{i}", failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Check(TokenEntry entry, string at, List<string> failures)
    {
        if (!Digest().IsMatch(entry.Sha256))
            failures.Add($"{at}:Sha256 must be the SHA-256 of the token, 64 hexadecimal digits.");
        if (string.IsNullOrWhiteSpace(entry.User) || string.IsNullOrWhiteSpace(entry.Organisation))
            failures.Add($"{at} needs User and Organisation.");
        if (entry.Roles.Count == 0 || entry.Roles.Except(Role.All).Any())
            failures.Add($"{at}:Roles is '{string.Join(',', entry.Roles)}'; it must name one or more of {string.Join(", ", Role.All)}.");
    }

    [GeneratedRegex("^[0-9a-fA-F]{64}$")]
    private static partial Regex Digest();
}
