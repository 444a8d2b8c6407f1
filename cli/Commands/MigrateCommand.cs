using System.CommandLine;
using Navi.Cli.Migrations;
using Navi.Cli.Output;
using Navi.Cli.Serving;
using Navi.Platform.Data;
using Navi.Platform.Data.Connections;
using Navi.Portable.Durable;

namespace Navi.Cli.Commands;

/// <summary><c>navi migrate</c>: brings a database to this build's schema, and ends.</summary>
internal static class MigrateCommand
{
    public static Command Make(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("migrate", "Bring the database of NAVI_DATABASE or Navi__Database__… to this build's schema and end; several at once are fine.") { json };
        command.SetAction((parsed, cancellation) => RunAsync(context, context.IsJson(parsed, json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, bool json, CancellationToken cancellation)
    {
        var (outcome, steps) = await StartFailures.SayAsync("Check NAVI_DATABASE or Navi__Database__ConnectionString.", async () =>
        {
            var database = GivenDatabase.Read(context);
            var application = await Migrator.RunAsync(database, cancellation);
            await using var source = DatabaseConnections.Direct(database);
            return (application, await DurableSchema.EnsureAsync(source, cancellation));
        });
        if (json)
            CliContext.WriteJson(new { applied = outcome.Applied.Select(m => new { m.Number, m.Name, m.Expands }), durable = steps, ahead = outcome.Ahead.Select(m => new { m.Number, m.Name }), schema = MigrationSet.All[^1].Number });
        else
            Show(context.Out, outcome, steps);
        return ExitCodes.Ok;
    }

    private static void Show(Screen screen, MigrationOutcome outcome, IReadOnlyList<string> steps)
    {
        foreach (var migration in outcome.Applied)
            screen.Line($"applied {migration.Number} {migration.Name}", Tone.Good);
        foreach (var step in steps)
            screen.Line($"applied durable {step}", Tone.Good);
        foreach (var migration in outcome.Ahead)
            screen.Line($"a newer NAVI has applied {migration.Number} {migration.Name}, which only expands the schema", Tone.Warning);
        screen.Line(outcome.Applied.Count + steps.Count == 0 ? $"Nothing to do: the schema has migration {MigrationSet.All[^1].Number}, this build's last." : $"The schema has migration {MigrationSet.All[^1].Number}, this build's last.");
    }
}
