using System.CommandLine;
using Navi.Cli.Migrations;
using Navi.Cli.Output;
using Navi.Platform.Data;

namespace Navi.Cli.Commands;

/// <summary><c>navi rollback-check</c>: whether an earlier release works on this build's schema.</summary>
internal static class RollbackCheckCommand
{
    public static Command Make(CliContext context)
    {
        var to = new Option<string?>("--to") { Description = "The earlier release as a revision of NAVI's repository, in a clone of which the command is run.", HelpName = "REVISION" };
        var schema = new Option<int?>("--schema") { Description = "The earlier release by the number of its last migration.", HelpName = "N" };
        schema.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 9999)
                result.AddError("--schema must be from 1 to 9999.");
        });
        var json = CommonOptions.Json();
        var command = new Command("rollback-check", "Tell whether an earlier release works on a database that this build has migrated; exit code 1 when it may not.") { to, schema, json };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(to) is null) == (result.GetValue(schema) is null))
                result.AddError("Name the earlier release: either --to REVISION or --schema N.");
        });
        command.SetAction((parsed, cancellation) => RunAsync(context, parsed.GetValue(to), parsed.GetValue(schema), context.IsJson(parsed, json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, string? revision, int? schema, bool json, CancellationToken cancellation)
    {
        var release = revision is null ? new EarlierRelease($"schema {schema}", schema!.Value, null) : await EarlierRelease.OfRevisionAsync(revision, cancellation);
        var newer = MigrationSet.All.Where(m => m.Number > release.Schema).ToList();
        // Without newer migrations it is this build's own schema, which needs no rule.
        var safe = newer.Count == 0 || (release.KnowsTheRule != false && newer.All(m => m.Expands));
        if (json)
            CliContext.WriteJson(new { release = release.Name, release.Schema, knows_the_rule = release.KnowsTheRule, safe, newer = newer.Select(m => new { m.Number, m.Name, m.Expands, m.Obstacles }) });
        else
            Show(context.Out, release, newer, safe);
        return safe ? ExitCodes.Ok : ExitCodes.Ended;
    }

    private static void Show(Screen screen, EarlierRelease release, IReadOnlyList<Migration> newer, bool safe)
    {
        foreach (var migration in newer)
        {
            screen.Line($"{(migration.Expands ? "expands " : "not safe")} {migration.Name}", migration.Expands ? Tone.Good : Tone.Bad);
            foreach (var obstacle in migration.Obstacles)
                screen.Line($"         {obstacle}");
        }
        if (newer.Count > 0 && release.KnowsTheRule == false)
            screen.Line($"{release.Name} is older than the rule of docs/ROLLBACK.md: it refuses every database with migrations that it does not know.", Tone.Bad);
        if (newer.Count > 0 && release.KnowsTheRule is null)
            screen.Line("This holds for a release that has 'navi rollback-check' itself; older ones refuse every database with migrations that they do not know.", Tone.Faint);
        screen.Line(newer.Count == 0
            ? $"{release.Name} has every migration of this build: it works on the same schema."
            : safe ? $"{release.Name} works on this build's schema: the {newer.Count} newer migrations only expand it." : $"{release.Name} may not work on this build's schema: restore the backup taken before the upgrade, or go forward.", safe ? Tone.Good : Tone.Bad);
    }
}
