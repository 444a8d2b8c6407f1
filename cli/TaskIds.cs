using System.Text.Json;
using Navi.Cli.Api;

namespace Navi.Cli;

/// <summary>Short forms of task ids: at least six characters from the beginning, as long as one task alone has them.</summary>
internal static class TaskIds
{
    public const int Shortest = 6;
    private const int Pages = 10;
    private const int PageSize = 200;

    /// <summary>True when the text can only be the beginning of an id.</summary>
    public static bool IsPrefix(string id) => !Guid.TryParse(id, out _) && id.Length is >= Shortest and < 36 && id.All(c => char.IsAsciiHexDigit(c) || c == '-');

    /// <summary>The whole id. What can't be a prefix is returned as it is: NAVI says best what is wrong with it.</summary>
    /// <exception cref="CliException">No task begins so, or several do.</exception>
    public static async Task<string> ResolveAsync(NaviClient client, string id, CancellationToken cancellation)
    {
        if (!IsPrefix(id))
            return id.Length < Shortest && id.All(char.IsAsciiHexDigit) ? throw CliException.Usage($"'{id}' is too short for an id: give at least {Shortest} characters.") : id;
        var found = await SearchAsync(client, id, cancellation);
        return found switch
        {
            [var one] => one.Id,
            [] => throw CliException.Usage($"No task's id begins with '{id}' (the newest {Pages * PageSize} were looked at). See: navi tasks"),
            _ => throw CliException.Usage($"'{id}' is the beginning of {found.Count} ids; give more of it:{Environment.NewLine}{string.Join(Environment.NewLine, found.Select(Line))}"),
        };
    }

    private static async Task<List<TaskView>> SearchAsync(NaviClient client, string prefix, CancellationToken cancellation)
    {
        var found = new List<TaskView>();
        string? cursor = null;
        for (var page = 0; page < Pages; page++)
        {
            var answer = await client.ListTasksAsync(new TaskFilter(PageSize, cursor), cancellation);
            found.AddRange(answer.GetProperty("items").EnumerateArray().Select(NaviClient.Read<TaskView>).Where(t => t.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
            cursor = answer.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
            if (cursor is null)
                break;
        }
        return found;
    }

    private static string Line(TaskView task)
    {
        var what = task.Task.ReplaceLineEndings(" ");
        return $"  {task.Id}  {task.StopReason ?? task.Status}  {(what.Length <= 60 ? what : what[..59] + "…")}";
    }
}
