using System.CommandLine;
using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Output;
using Navi.Cli.SignIn;

namespace Navi.Cli.Commands;

/// <summary><c>navi logout</c>: ends the sign-in at a NAVI, there and here.</summary>
internal static class LogoutCommand
{
    public static Command Make(CliContext context)
    {
        var command = new Command("logout", "End your sign-in: its tokens are revoked at NAVI and deleted here.");
        command.SetAction(async (_, cancellation) =>
        {
            var server = Connector.Given(context) ?? throw CliException.Usage("Which NAVI? Give --url, or set NAVI_URL.");
            var file = new LoginFile(context.Places);
            using var held = await file.LockAsync(cancellation);
            if (file.Read(server) is not { } login)
            {
                context.Out.Line($"You are not signed in at {server}.");
                return ExitCodes.Ok;
            }
            // Deleted whatever NAVI says: nobody keeps a token that they wanted to be rid of.
            file.Delete(server);
            try
            {
                using var oauth = new OAuthClient(server, context.RequestTimeout);
                await oauth.RevokeAsync(login.ClientId, login.RefreshToken ?? login.AccessToken, cancellation);
            }
            catch (Exception e) when (e is UnreachableException or OAuthException or CliException)
            {
                context.Error.Line($"The sign-in is deleted here, but NAVI could not be told to end it: {e.Message}", Tone.Warning);
                return ExitCodes.Ended;
            }
            context.Out.Line($"Signed out at {server}.");
            return ExitCodes.Ok;
        });
        return command;
    }
}
