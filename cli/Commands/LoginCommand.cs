using System.CommandLine;
using Navi.Cli.Connect;
using Navi.Cli.Output;
using Navi.Cli.SignIn;

namespace Navi.Cli.Commands;

/// <summary><c>navi login</c>: signs a person in at a NAVI by the device flow.</summary>
internal static class LoginCommand
{
    private const string PublicClient = "navi-cli";

    public static Command Make(CliContext context)
    {
        var client = new Option<string>("--client-id") { Description = "The OAuth client to sign in as.", DefaultValueFactory = _ => PublicClient };
        var hint = new Option<string?>("--hint") { Description = "Who signs in, for the sign-in page.", HelpName = "USER" };
        var quiet = new Option<bool>("--no-browser") { Description = "Open no browser." };
        var link = new Option<bool>("--link") { Description = "Instead print a link that signs a browser in, once." };
        var command = new Command("login", "Sign in at a NAVI: you confirm a code in a browser, on this machine or another.") { client, hint, quiet, link };
        command.SetAction((parsed, cancellation) => parsed.GetValue(link)
            ? LinkAsync(context, cancellation)
            : LoginAsync(context, parsed.GetValue(client)!, parsed.GetValue(hint), parsed.GetValue(quiet), cancellation));
        return command;
    }

    private static async Task<int> LoginAsync(CliContext context, string clientId, string? hint, bool noBrowser, CancellationToken cancellation)
    {
        var server = Connector.Given(context) ?? throw CliException.Usage(
            $"Which NAVI? Give --url, or keep it: {Invocation.Name} config set url https://navi.example.org. A NAVI on this machine needs no sign-in.");
        if (server.Scheme != Uri.UriSchemeHttps && !server.IsLoopback)
            context.Error.Line($"{server} is not https: others on the way can read the tokens.", Tone.Warning);
        using var oauth = new OAuthClient(server, context.RequestTimeout);
        var answer = await DeviceFlow.RunAsync(oauth, clientId, hint, grant => Show(context, grant, noBrowser), cancellation);
        var file = new LoginFile(context.Places);
        using (await file.LockAsync(cancellation))
            file.Write(server, answer.ToLogin(clientId));
        context.Out.Line($"Signed in at {server}.", Tone.Good);
        if (context.Variable("NAVI_TOKEN") is { Length: > 0 })
            context.Error.Line("NAVI_TOKEN is set and is used before this sign-in.", Tone.Warning);
        return ExitCodes.Ok;
    }

    private static void Show(CliContext context, DeviceGrant grant, bool noBrowser)
    {
        context.Out.Line($"Go to {grant.VerificationUri} and enter the code {grant.UserCode}", Tone.Strong);
        context.Out.Line($"It is good for {Durations.Say(TimeSpan.FromSeconds(grant.ExpiresIn))}. Ctrl-C gives up.", Tone.Faint);
        if (!noBrowser && !Console.IsOutputRedirected)
            Browser.TryOpen(grant.VerificationUriComplete ?? grant.VerificationUri);
    }

    private static async Task<int> LinkAsync(CliContext context, CancellationToken cancellation)
    {
        await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
        if (connection.IsInProcess)
            throw CliException.Usage($"No NAVI runs here that a browser could reach: start one with '{Invocation.Name} up'.");
        var link = await connection.Client.MakeSignInLinkAsync(cancellation);
        context.Out.Line(link.GetProperty("url").GetString()!);
        if (link.TryGetProperty("expires_at", out var expires) && expires.TryGetDateTimeOffset(out var at))
            context.Error.Line($"Good once, until {at.ToLocalTime():yyyy-MM-dd HH:mm:ss}. Whoever has it is signed in as you.", Tone.Warning);
        return ExitCodes.Ok;
    }
}
