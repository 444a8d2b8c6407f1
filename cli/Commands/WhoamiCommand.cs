using System.CommandLine;
using System.Text.Json;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi whoami</c>: who NAVI takes the caller for.</summary>
internal static class WhoamiCommand
{
    public static Command Make(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("whoami", "Show who you are to NAVI: user, organisation and roles.") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var me = await connection.Client.GetMeAsync(cancellation);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(me);
            else
                Show(context.Out, me, connection.Client.Address);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Show(Screen screen, JsonElement me, Uri address)
    {
        screen.Line($"User          {Text(me, "user")}{(Text(me, "name") is { } name ? $" ({name})" : "")}", Tone.Strong);
        screen.Line($"Organisation  {Text(me, "organisation")}");
        screen.Line($"Roles         {(me.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array ? string.Join(", ", roles.EnumerateArray()) : "none")}");
        screen.Line($"Known by      {Kind(Text(me, "kind"))}{(me.TryGetProperty("expires_at", out var expires) && expires.ValueKind == JsonValueKind.String ? $", until {expires.GetDateTimeOffset().ToLocalTime():yyyy-MM-dd HH:mm:ss}" : "")}");
        screen.Line($"NAVI          {address} ({Text(me, "environment")})");
    }

    private static string Kind(string? kind) => kind switch
    {
        "local" => "this machine's own token",
        "static" => "a configured token",
        "person" => "a sign-in",
        "client" => "a service client",
        _ => kind ?? "an unnamed way",
    };

    private static string? Text(JsonElement document, string name) => document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
