using Navi.Platform.Security.Identity;

namespace Navi.Functions.Identity.Connect;

/// <summary>The issuers outside at which people sign in with a browser.</summary>
internal static class SignInIssuers
{
    /// <summary>Number in the configuration and name for people.</summary>
    public static IReadOnlyList<(int Number, string Name)> Of(IdentityOptions options) =>
        [.. options.Issuers.Index().Where(i => i.Item.SignsIn).Select(i => (i.Index, new Uri(i.Item.Authority).Host))];
}
