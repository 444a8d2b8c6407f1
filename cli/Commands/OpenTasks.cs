using System.CommandLine;
using System.Net;
using System.Text.Json;
using Navi.Cli.Api;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary>Acts on every task of a person that has not ended. The list is made first: what is asked for meanwhile is not in it.</summary>
internal static class OpenTasks
{
    private const int PageSize = 200;
    private const int AtOnce = 8;
    private static readonly string[] Statuses = ["queued", "running", "waiting"];

    public static Option<string?> User(string what) => new("--user") { Description = what };

    /// <summary>The argument TASK of a command that may have --user instead.</summary>
    public static Argument<string?> OrTask(CliContext context)
    {
        var id = CommonOptions.TaskId(context);
        var optional = new Argument<string?>(id.Name) { Description = id.Description, Arity = ArgumentArity.ZeroOrOne };
        optional.CompletionSources.AddRange(id.CompletionSources);
        return optional;
    }

    /// <summary>Makes exactly one of them necessary.</summary>
    public static Command Need(Command command, Argument<string?> id, Option<string?> user)
    {
        command.Validators.Add(result =>
        {
            if ((result.GetResult(id)?.Tokens.Count > 0) == (result.GetResult(user) is not null))
                result.AddError("Give a TASK, or --user for all tasks of a person, and not both.");
        });
        return command;
    }

    /// <summary>The person's tasks that have not ended, oldest first.</summary>
    public static async Task<IReadOnlyList<TaskView>> ListAsync(NaviClient client, string user, CancellationToken cancellation)
    {
        var found = new Dictionary<string, TaskView>();
        foreach (var status in Statuses)
        {
            string? cursor = null;
            do
            {
                var page = await client.ListTasksAsync(new TaskFilter(PageSize, cursor, status) { User = user }, cancellation);
                // A task may go from one status to another between two pages.
                foreach (var task in page.GetProperty("items").EnumerateArray().Select(NaviClient.Read<TaskView>))
                    found[task.Id] = task;
                cursor = page.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
            }
            while (cursor is not null);
        }
        return [.. found.Values.OrderBy(t => t.CreatedAt).ThenBy(t => t.Id, StringComparer.Ordinal)];
    }

    /// <summary>Does it to each, one line per task. A task that has ended by itself meanwhile is said so and is no failure.</summary>
    /// <returns>The tasks that it was done to.</returns>
    public static async Task<IReadOnlyList<string>> EachAsync(Screen screen, IReadOnlyList<TaskView> tasks, Func<string, CancellationToken, Task> act, string said, CancellationToken cancellation)
    {
        var done = new List<string>();
        // Some at once: whoever stops hundreds of tasks is in a hurry.
        foreach (var some in tasks.Chunk(AtOnce))
        {
            var refusals = await Task.WhenAll(some.Select(t => RefusalAsync(act(t.Id, cancellation))));
            foreach (var (task, refusal) in some.Zip(refusals))
            {
                screen.Line(refusal is null ? $"Task {task.Id} {said}." : $"Task {task.Id} is left: {refusal}");
                if (refusal is null)
                    done.Add(task.Id);
            }
        }
        return done;
    }

    private static async Task<string?> RefusalAsync(Task action)
    {
        try
        {
            await action;
            return null;
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            return e.Message;
        }
    }

    /// <summary>A task as one line, for people who are to decide about it.</summary>
    public static string Line(TaskView task)
    {
        var what = task.Task.ReplaceLineEndings(" ");
        return $"  {task.Id}  {task.Status}  {(what.Length <= 60 ? what : what[..59] + "…")}";
    }
}
