using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Navi.Functions.OpenApi.Description;
using Navi.Platform.Security.Tokens;

namespace Navi.Functions.Secrets;

/// <summary>Body of PUT /v1/secrets/{name}.</summary>
/// <param name="Value">The value.</param>
internal sealed record PutSecretRequest(
    [property: RequiredMember, Description("The value: printable characters, without a line break. No answer of NAVI ever has it."), StringLength(EncryptedTokens.LongestValue, MinimumLength = 1)] string? Value)
{
    /// <summary>Without the value: whatever prints this object must not print that.</summary>
    public override string ToString() => nameof(PutSecretRequest);
}
