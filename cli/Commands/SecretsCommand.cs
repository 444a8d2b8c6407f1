using System.CommandLine;
using System.Text.Json;
using Navi.Cli.Completion;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi secrets</c>: tokens that the organisation gives NAVI to use, such as keys of model providers.</summary>
internal static class SecretsCommand
{
    // More than any value that is accepted: what is longer is refused by NAVI, with the number.
    private const int LongestInput = 65_536;

    public static Command Make(CliContext context) => new("secrets", "Tokens that NAVI uses and keeps encrypted, such as keys of model providers.") { Set(context), List(context), Delete(context) };

    private static Command Set(CliContext context)
    {
        var name = Name(context);
        var json = CommonOptions.Json();
        var command = new Command("set", "Keep a value under a name (role admin). The value is read from standard input, at a terminal without showing it.") { name, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var value = Value(context, parsed.GetValue(name)!);
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var document = await connection.Client.PutSecretAsync(parsed.GetValue(name)!, value, cancellation);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(document);
            else
                context.Out.Line($"The secret '{parsed.GetValue(name)}' is kept.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command List(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "List the names of the organisation's secrets, never their values (role admin).") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var page = await connection.Client.ListSecretsAsync(cancellation);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(page);
            else
                context.Out.Table(["NAME", "CHANGED", "BY"], page.GetProperty("items").EnumerateArray().Select(s => (IReadOnlyList<string>)[Text(s, "name"), Text(s, "updated_at"), Text(s, "by")]));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Delete(CliContext context)
    {
        var name = Name(context);
        var command = new Command("delete", "Delete a secret (role admin).") { name };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            await connection.Client.DeleteSecretAsync(parsed.GetValue(name)!, cancellation);
            context.Out.Line($"The secret '{parsed.GetValue(name)}' is deleted.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Argument<string> Name(CliContext context)
    {
        var name = new Argument<string>("NAME") { Description = "The secret's name: letters, digits, '.', '_' and '-'." };
        name.CompletionSources.Add(_ => Candidates.Secrets(context));
        return name;
    }

    /// <exception cref="CliException">There is none.</exception>
    private static string Value(CliContext context, string name)
    {
        var text = Console.IsInputRedirected ? Redirected() : Typed(context, name);
        return text.Length > 0 ? text : throw CliException.Usage($"There is no value on standard input. For example: {Invocation.Name} secrets set {name} < FILE");
    }

    // The line break that editors and echo add is not the value's.
    private static string Redirected()
    {
        var buffer = new char[LongestInput];
        var text = buffer.AsSpan(0, Console.In.ReadBlock(buffer, 0, LongestInput));
        return text.EndsWith("\r\n") ? text[..^2].ToString() : text.EndsWith("\n") ? text[..^1].ToString() : text.ToString();
    }

    private static string Typed(CliContext context, string name)
    {
        context.Error.Line($"Value of '{name}' (it is not shown; Enter ends it):");
        var text = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key != ConsoleKey.Backspace)
                text.Append(key.KeyChar);
            else if (text.Length > 0)
                text.Length--;
        }
        return text.ToString();
    }

    private static string Text(JsonElement document, string member) => document.TryGetProperty(member, out var value) ? value.ToString() : "";
}
