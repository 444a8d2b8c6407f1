using Navi.Platform.Security.Tokens;

namespace Navi.Functions.Secrets;

/// <summary>A secret as the API shows it: all but its value.</summary>
internal sealed record SecretView(string Name, DateTime CreatedAt, DateTime UpdatedAt, string By)
{
    public static SecretView Of(TokenRow row) => new(row.Name, row.CreatedAt, row.UpdatedAt, row.By);
}
