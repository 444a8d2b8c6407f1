using System.CommandLine;
using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi tasks</c>: the latest tasks.</summary>
internal static class TasksCommand
{
    public static Command Make(CliContext context)
    {
        var status = new Option<string?>("--status") { Description = "Only tasks that are queued, running, waiting or finished." };
        status.AcceptOnlyFromAmong("queued", "running", "waiting", "finished");
        var limit = new Option<int>("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 200)
                result.AddError("--limit must be from 1 to 200.");
        });
        var cursor = new Option<string?>("--cursor") { Description = "Go on where an earlier answer's 'next' points." };
        var reason = new Option<string?>("--stop-reason") { Description = "Only tasks that ended so, such as completed or rejected." };
        var provider = CommonOptions.Provider(context, "Only tasks of this model provider.");
        var user = new Option<string?>("--user") { Description = "Only tasks that this person asked for." };
        var repository = new Option<string?>("--repo") { Description = "Only tasks on this repository, as the list names it.", HelpName = "PATH_OR_URL" };
        var since = Moments.Option("--since", "Only tasks made since then: 7d, 12h, or a date such as 2026-01-31.");
        var until = Moments.Option("--until", "Only tasks made before then, written like --since.");
        var json = CommonOptions.Json();
        var command = new Command("tasks", "List tasks, newest first.") { status, reason, provider, user, repository, since, until, limit, cursor, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var filter = new TaskFilter(parsed.GetValue(limit), parsed.GetValue(cursor), parsed.GetValue(status))
            {
                StopReason = parsed.GetValue(reason), Provider = parsed.GetValue(provider), User = parsed.GetValue(user), Repository = parsed.GetValue(repository),
                CreatedAfter = Moments.Read(parsed.GetValue(since)), CreatedBefore = Moments.Read(parsed.GetValue(until)),
            };
            var page = await connection.Client.ListTasksAsync(filter, cancellation);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(page);
            else
                Show(context.Out, page);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static void Show(Screen screen, System.Text.Json.JsonElement page)
    {
        var tasks = page.GetProperty("items").EnumerateArray().Select(NaviClient.Read<TaskView>).ToList();
        if (tasks.Count == 0)
        {
            screen.Line("No tasks. Begin with: navi run");
            return;
        }
        screen.Table(["TASK", "STATUS", "CREATED", "REPOSITORY", "WHAT"], tasks.Select(t => (IReadOnlyList<string>)
            [t.Id, t.StopReason ?? t.Status, $"{t.CreatedAt?.ToLocalTime():yyyy-MM-dd HH:mm}", Short(t.Repository), Short(t.Task.ReplaceLineEndings(" "))]));
        if (page.TryGetProperty("next", out var next) && next.GetString() is { Length: > 0 } cursor)
            screen.Line($"More: navi tasks --cursor {cursor}", Tone.Faint);
    }

    private static string Short(string text) => text.Length <= 48 ? text : "…" + text[^47..];
}
