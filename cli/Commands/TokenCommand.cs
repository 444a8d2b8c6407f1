using System.CommandLine;
using System.Text.Json;
using Navi.Cli.Connect;
using Navi.Cli.Output;
using Navi.Cli.SignIn;

namespace Navi.Cli.Commands;

/// <summary><c>navi token</c>: a token for other programs, and the service clients that get their own.</summary>
internal static class TokenCommand
{
    private static readonly string[] Roles = ["viewer", "caller", "approver", "operator", "auditor", "admin"];

    public static Command Make(CliContext context) => new("token", "A token for other programs, and service clients for CI.") { Show(context), List(context), Create(context), Revoke(context) };

    private static Command Show(CliContext context)
    {
        var command = new Command("show", "Print a valid access token, for example for curl -H \"Authorization: Bearer $(navi token show)\".");
        command.SetAction(async (_, cancellation) =>
        {
            var server = Connector.Given(context);
            // Without an address it is this machine's own token, which names no server.
            var token = server is null ? context.Settings[Settings.SettingCatalog.Token] ?? Places.LocalToken.Read(context.Places) : await TokenSources.For(context, server).GetAsync(cancellation);
            if (token is null)
                throw new CliException(ExitCodes.Ended, server is null ? $"There is no token on this machine yet: '{Invocation.Name} up' makes one." : $"You are not signed in at {server}. Sign in: {Invocation.Name} login");
            Console.Out.WriteLine(token);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command List(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "List the service clients of your organisation (role admin).") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var page = await connection.Client.ListClientsAsync(cancellation);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(page);
            else
                context.Out.Table(["CLIENT", "NAME", "ROLES", "CREATED"], page.GetProperty("items").EnumerateArray().Select(c => (IReadOnlyList<string>)[Id(c), Text(c, "name"), RolesOf(c), Text(c, "created_at")]));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Create(CliContext context)
    {
        var name = new Argument<string>("NAME") { Description = "What it is for." };
        var roles = new Option<string[]>("--role") { Description = "A role it has; give the option again for more.", Required = true };
        roles.AcceptOnlyFromAmong(Roles);
        var json = CommonOptions.Json();
        var command = new Command("create", "Make a service client (role admin). Its secret is printed once and kept nowhere.") { name, roles, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var client = await connection.Client.CreateClientAsync(new Api.NewServiceClient(parsed.GetValue(name)!, parsed.GetValue(roles)!), cancellation);
            if (context.IsJson(parsed, json))
            {
                CliContext.WriteJson(client);
                return ExitCodes.Ok;
            }
            context.Out.Line($"NAVI_CLIENT_ID={Id(client)}");
            context.Out.Line($"NAVI_CLIENT_SECRET={(client.TryGetProperty("client_secret", out _) ? Text(client, "client_secret") : Text(client, "secret"))}");
            context.Error.Line("The secret is shown this once. Keep it where your CI keeps secrets.", Tone.Warning);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Revoke(CliContext context)
    {
        var id = new Argument<string>("CLIENT") { Description = "The service client's id, as in the list." };
        var command = new Command("revoke", "Delete a service client (role admin).") { id };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            await connection.Client.DeleteClientAsync(parsed.GetValue(id)!, cancellation);
            context.Out.Line($"The service client {parsed.GetValue(id)} is deleted.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string Id(JsonElement client) => client.TryGetProperty("client_id", out _) ? Text(client, "client_id") : Text(client, "id");

    private static string RolesOf(JsonElement client) => client.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array ? string.Join(' ', roles.EnumerateArray()) : "";

    private static string Text(JsonElement document, string name) => document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
