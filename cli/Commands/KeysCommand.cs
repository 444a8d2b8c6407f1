using System.CommandLine;
using System.Globalization;
using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Output;
using Navi.Platform.Security.Encryption;
using Navi.Platform.Security.Encryption.KeyFiles;

namespace Navi.Cli.Commands;

/// <summary><c>navi keys</c>: the keys of the installation and their rotation.</summary>
internal static class KeysCommand
{
    private const string Wrapping = "wrapping";
    private const string Signing = "signing";

    public static Command Make(CliContext context) => new("keys", "The installation's own keys and their rotation.") { Status(context), Rotate(context), New(context) };

    private static Command Status(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("status", "Show wrapping keys with what each protects, and signing keys (role operator); exit code 1 when a key that is needed can't be used.") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var document = await connection.Client.GetKeysAsync(cancellation);
            var keys = NaviClient.Read<KeysView>(document);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(document);
            else
                Write(context, keys);
            return keys.Unreadable.Count > 0 || keys.Wrapping.Any(k => !k.Reachable && !k.Unused) ? ExitCodes.Ended : ExitCodes.Ok;
        });
        return command;
    }

    private static Command Rotate(CliContext context)
    {
        var what = new Argument<string>("WHAT") { Description = "wrapping: wrap by the key of Navi:Encryption:KeyId what older keys wrap. signing: make the next signing keys now." };
        what.AcceptOnlyFromAmong(Wrapping, Signing);
        var json = CommonOptions.Json();
        var command = new Command("rotate", "Rotate keys (role admin). A new wrapping key itself is made in Key Vault, or as a file with 'navi keys new', and named by Navi:Encryption:KeyId.") { what, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            return parsed.GetValue(what) == Wrapping
                ? await RewrapAsync(context, connection.Client, context.IsJson(parsed, json), cancellation)
                : await RotateSigningAsync(context, connection.Client, context.IsJson(parsed, json), cancellation);
        });
        return command;
    }

    private static Command New(CliContext context)
    {
        var name = new Argument<string>("NAME") { Description = "The new key's name, such as 2026-11." };
        var directory = new Option<string>("--directory") { Description = "The directory of key files, Navi:Encryption:KeyDirectory.", Required = true };
        var command = new Command("new", "Make a key file: 256 random bits, readable by its owner alone. It asks no NAVI; one of this name is never replaced.") { name, directory };
        command.SetAction(parsed =>
        {
            try
            {
                var path = NewKeyFile.Make(parsed.GetValue(directory)!, parsed.GetValue(name)!);
                context.Out.Line(path);
                context.Error.Line("Put it on every machine, keep a copy apart from the database's backups, then set Navi:Encryption:KeyId to its name.", Tone.Warning);
                return ExitCodes.Ok;
            }
            catch (EncryptionKeyException e)
            {
                throw CliException.Usage(e.Message);
            }
        });
        return command;
    }

    private static async Task<int> RewrapAsync(CliContext context, NaviClient client, bool json, CancellationToken cancellation)
    {
        var all = new RewrapView();
        RewrapView round;
        do
        {
            round = NaviClient.Read<RewrapView>(await client.RewrapAsync(cancellation));
            all = round with { Rewrapped = all.Rewrapped + round.Rewrapped, Overtaken = all.Overtaken + round.Overtaken };
        }
        while (round is { Left: > 0, Rewrapped: > 0 });
        if (json)
        {
            CliContext.WriteJson(all);
        }
        else
        {
            context.Out.Line($"{all.Rewrapped} values are now wrapped by the key '{all.KeyId}'; {all.Left} are left.", all.Left == 0 ? Tone.Good : Tone.Warning);
            foreach (var problem in all.Problems)
                context.Out.Line($"  {problem}", Tone.Bad);
        }
        return all.Left == 0 ? ExitCodes.Ok : ExitCodes.Ended;
    }

    private static async Task<int> RotateSigningAsync(CliContext context, NaviClient client, bool json, CancellationToken cancellation)
    {
        var document = await client.RotateSigningKeysAsync(cancellation);
        if (json)
            CliContext.WriteJson(document);
        else
            Write(context, [.. document.GetProperty("items").EnumerateArray().Select(NaviClient.Read<SigningKeyView>)]);
        return ExitCodes.Ok;
    }

    private static void Write(CliContext context, KeysView keys)
    {
        context.Out.Table(["WRAPPING KEY", "STATE", "VALUES", "WHERE"], keys.Wrapping.Select(k => (IReadOnlyList<string>)
            [k.Id, State(k), k.Envelopes.ToString(CultureInfo.InvariantCulture), string.Join(", ", k.Columns.Select(c => $"{c.Table}.{c.Column} {c.Envelopes}"))]));
        foreach (var key in keys.Wrapping.Where(k => k.Problem is not null))
            context.Out.Line($"{key.Id}: {key.Problem}", key.Unused ? Tone.Warning : Tone.Bad);
        foreach (var column in keys.Unreadable)
            context.Out.Line($"{column.Table}.{column.Column}: {column.Envelopes} values are not what NAVI encrypts.", Tone.Bad);
        if (keys.Wrapping.Any(k => k.Unused))
            context.Out.Line("A key that is not used may go once every process runs with the current one; keep it as long as you keep database backups from its time.", Tone.Faint);
        context.Out.Line();
        Write(context, keys.Signing);
    }

    private static void Write(CliContext context, IReadOnlyList<SigningKeyView> keys) =>
        context.Out.Table(["SIGNING KEY", "USE", "STATE", "FROM", "UNTIL", "DELETED"], keys.Select(k => (IReadOnlyList<string>)
            [k.Id, k.Use, k.State, Moment(k.ActiveFrom), Moment(k.RetiredAt), Moment(k.ExpiresAt)]));

    private static string State(WrappingKeyView key) =>
        (key.Current ? "current" : key.Unused ? "not used" : "in use") + (key.Reachable ? "" : ", can't be used");

    private static string Moment(DateTimeOffset? moment) => moment is { } at ? at.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "";
}
