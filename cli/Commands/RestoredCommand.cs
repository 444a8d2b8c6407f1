using System.CommandLine;
using System.Globalization;
using Navi.Agent.Restoration;
using Navi.Cli.Output;
using Navi.Cli.Restoring;
using Navi.Cli.Serving;

namespace Navi.Cli.Commands;

/// <summary><c>navi restored</c>: makes a database that was restored to an earlier moment safe to work on.</summary>
internal static class RestoredCommand
{
    public static Command Make(CliContext context)
    {
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "The moment to which the database was restored, such as 2026-01-31T12:00:00Z.", HelpName = "TIME", Required = true,
            CustomParser = result =>
            {
                if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var point) && point <= TimeProvider.System.GetUtcNow())
                    return point;
                result.AddError($"--at is '{result.Tokens[0].Value}': give a time of ISO 8601 that has passed, such as 2026-01-31T12:00:00Z.");
                return null;
            },
        };
        var json = CommonOptions.Json();
        var command = new Command("restored", "After the database was restored and before NAVI works on it: holds every task that was open, and puts in doubt what may have happened meanwhile.") { at, json };
        command.SetAction((parsed, cancellation) => RunAsync(context, parsed.GetValue(at)!.Value, context.IsJson(parsed, json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, DateTimeOffset point, bool json, CancellationToken cancellation)
    {
        var report = await StartFailures.SayAsync("Check NAVI_DATABASE or Navi__Database__ConnectionString.", () => RestoredDatabase.HoldAsync(context, point, cancellation));
        if (json)
            CliContext.WriteJson(new { restored_to = point, tasks = report.Tasks.Select(t => new { t.Id, t.Organisation, t.User, t.Status, t.Held, t.InDoubt }), workspaces_put_back = report.WorkspacesPutBack, unknown = report.Unknown });
        else
            Show(context.Out, report, point);
        return ExitCodes.Ok;
    }

    private static void Show(Screen screen, RestorationReport report, DateTimeOffset point)
    {
        foreach (var task in report.Tasks)
        {
            var doubt = task.InDoubt == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {task.InDoubt} of its calls in doubt");
            screen.Line($"{(task.Held ? "held" : "ends")}  {task.Id}  {task.Organisation} {task.User}, {task.Status} then{doubt}", task.InDoubt == 0 ? Tone.Plain : Tone.Warning);
        }
        foreach (var task in report.Unknown)
            screen.Line($"lost  {task}  began later: its workspace is here, and perhaps its branch; the database does not know it", Tone.Warning);
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"Restored to {point:yyyy-MM-dd HH:mm:ss}: {report.Tasks.Count(t => t.Held)} open tasks are held, {report.Tasks.Sum(t => t.InDoubt)} calls in doubt, {report.Unknown.Count} tasks lost."));
        screen.Line($"Next: start NAVI, then look at each held task and either '{Invocation.Name} resume TASK' or '{Invocation.Name} cancel TASK'.");
    }
}
