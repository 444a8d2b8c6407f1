using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Navi.Cli.Api;
using Navi.Cli.Completion;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi errors</c>: what went wrong, by groups, and who has mended it.</summary>
internal static class ErrorsCommand
{
    public static Command Make(CliContext context)
    {
        // Without a subcommand the open ones are meant.
        var json = CommonOptions.Json();
        var command = new Command("errors", "Recorded errors by groups; without a subcommand the open ones.")
        {
            json, List(context), Show(context),
            Change(context, "resolve", "Mark a group of errors as mended; it opens again when it comes again.", (c, id, note, t) => c.ResolveErrorAsync(id, note, t)),
            Change(context, "reopen", "Open a resolved group of errors again.", (c, id, note, t) => c.ReopenErrorAsync(id, note, t)),
        };
        command.SetAction((parsed, cancellation) => ListAsync(context, new ErrorFilter(20, Resolved: false), context.IsJson(parsed, json), cancellation));
        return command;
    }

    private static Command List(CliContext context)
    {
        var resolved = new Option<bool>("--resolved") { Description = "Only resolved groups." };
        var all = new Option<bool>("--all") { Description = "Open and resolved groups." };
        var severity = new Option<string?>("--severity") { Description = "Only groups of this severity." };
        severity.AcceptOnlyFromAmong("info", "warning", "error", "critical");
        var component = new Option<string?>("--component") { Description = "Only groups of this part of NAVI, such as models." };
        var since = Moments.Option("--since", "Only groups that came since then: 7d, 12h, or a date such as 2026-01-31.");
        var limit = new Option<int>("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 200)
                result.AddError("--limit must be from 1 to 200.");
        });
        var cursor = new Option<string?>("--cursor") { Description = "Go on where an earlier answer's 'next' points." };
        var json = CommonOptions.Json();
        var command = new Command("list", "List groups of errors, the most recent first; only open ones unless asked otherwise.") { resolved, all, severity, component, since, limit, cursor, json };
        command.SetAction((parsed, cancellation) =>
        {
            var filter = new ErrorFilter(
                parsed.GetValue(limit), parsed.GetValue(cursor), parsed.GetValue(all) ? null : parsed.GetValue(resolved), parsed.GetValue(severity), parsed.GetValue(component), Moments.Read(parsed.GetValue(since)));
            return ListAsync(context, filter, context.IsJson(parsed, json), cancellation);
        });
        return command;
    }

    private static Command Show(CliContext context)
    {
        var id = Id(context);
        var json = CommonOptions.Json();
        var command = new Command("show", "Show a group with its stack and last occurrences.") { id, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            Write(context, await connection.Client.GetErrorAsync(parsed.GetValue(id)!, cancellation), context.IsJson(parsed, json), whole: true);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Change(CliContext context, string name, string what, Func<NaviClient, string, NewNote, CancellationToken, Task<JsonElement>> change)
    {
        var id = Id(context);
        var note = new Option<string?>("--note") { Description = "What was found or done; it is added to the group's notes." };
        var json = CommonOptions.Json();
        var command = new Command(name, what) { id, note, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            Write(context, await change(connection.Client, parsed.GetValue(id)!, new NewNote(parsed.GetValue(note)), cancellation), context.IsJson(parsed, json), whole: false);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Argument<string> Id(CliContext context)
    {
        var id = new Argument<string>("ID") { Description = "The group's id, as in the list." };
        id.CompletionSources.Add(_ => Candidates.Errors(context));
        return id;
    }

    private static async Task<int> ListAsync(CliContext context, ErrorFilter filter, bool json, CancellationToken cancellation)
    {
        await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
        var page = await connection.Client.ListErrorsAsync(filter, cancellation);
        if (json)
        {
            CliContext.WriteJson(page);
            return ExitCodes.Ok;
        }
        var groups = page.GetProperty("items").EnumerateArray().Select(NaviClient.Read<ErrorGroupView>).ToList();
        if (groups.Count == 0)
            context.Out.Line("No such errors.");
        else
            context.Out.Table(["ID", "LAST SEEN", "TIMES", "SEVERITY", "WHERE", "WHAT"], groups.Select(e => (IReadOnlyList<string>)
                [e.Id, $"{e.LastSeen.ToLocalTime():yyyy-MM-dd HH:mm}", e.Occurrences.ToString(CultureInfo.InvariantCulture), State(e), $"{e.Component} {e.Operation}", Short($"{e.Type}: {e.Message.ReplaceLineEndings(" ")}")]));
        if (page.TryGetProperty("next", out var next) && next.GetString() is { Length: > 0 } cursor)
            context.Out.Line($"More: navi errors list --cursor {cursor}", Tone.Faint);
        return ExitCodes.Ok;
    }

    private static void Write(CliContext context, JsonElement document, bool json, bool whole)
    {
        if (json)
        {
            CliContext.WriteJson(document);
            return;
        }
        var e = NaviClient.Read<ErrorGroupView>(document);
        context.Out.Line($"{e.Type}{(e.Code is null ? "" : $" ({e.Code})")} in {e.Component} {e.Operation}", Tone.Bad);
        context.Out.Line(e.Message);
        context.Out.Line($"{State(e)} · {e.Occurrences} times from {e.FirstSeen.ToLocalTime():yyyy-MM-dd HH:mm} to {e.LastSeen.ToLocalTime():yyyy-MM-dd HH:mm} · {e.Environment} {e.Version}", Tone.Faint);
        if (e.Reopenings > 0)
            context.Out.Line($"Opened again {e.Reopenings} time(s), last at {e.ReopenedAt?.ToLocalTime():yyyy-MM-dd HH:mm} {(e.ReopenedBy is null ? "because it came again" : $"by {e.ReopenedBy}")}");
        if (e.Notes is not null)
            context.Out.Line(e.Notes);
        if (!whole)
            return;
        foreach (var sample in e.Samples)
            context.Out.Line($"  {sample.At.ToLocalTime():yyyy-MM-dd HH:mm:ss} {sample.User}{(sample.TaskId is null ? "" : $" task {sample.TaskId}")}{(sample.RequestId is null ? "" : $" request {sample.RequestId}")} {sample.Message.ReplaceLineEndings(" ")}");
        if (e.Stack is not null)
            context.Out.Line(e.Stack, Tone.Faint);
    }

    private static string State(ErrorGroupView e) => e.Resolved ? $"{e.Severity}, resolved by {e.ResolvedBy}" : e.Severity;

    private static string Short(string text) => text.Length <= 72 ? text : text[..71] + "…";
}
