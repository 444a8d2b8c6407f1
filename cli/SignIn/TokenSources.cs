using Navi.Cli.Places;
using Navi.Cli.Settings;

namespace Navi.Cli.SignIn;

/// <summary>Chooses how to sign in at a NAVI.</summary>
internal static class TokenSources
{
    /// <summary>NAVI_TOKEN, else a service client, else a person's sign-in, else this machine's own token, which never leaves the machine.</summary>
    public static ITokenSource For(CliContext context, Uri server)
    {
        if (context.Settings[SettingCatalog.Token] is { } token)
            return new FixedToken(token);
        if (context.Settings[SettingCatalog.ClientSecret] is { } secret)
        {
            var id = context.Settings[SettingCatalog.ClientId] ?? throw CliException.Usage("NAVI_CLIENT_SECRET is set but NAVI_CLIENT_ID is not: set both, or neither.");
            return new ClientCredentials(server, id, secret, context.RequestTimeout);
        }
        var logins = new LoginFile(context.Places);
        if (logins.Read(server) is not null)
            return new LoginTokens(logins, server, context.RequestTimeout);
        return new FixedToken(server.IsLoopback ? LocalToken.Read(context.Places) : null);
    }
}
