using System.CommandLine;
using Navi.Cli.Connect;
using Navi.Cli.Output;
using Navi.Cli.Settings;

namespace Navi.Cli.Commands;

/// <summary><c>navi diff</c>: what a task changed.</summary>
internal static class DiffCommand
{
    public static Command Make(CliContext context)
    {
        var id = CommonOptions.TaskId(context);
        var stat = new Option<bool>("--stat") { Description = "Only the files with their numbers of added and removed lines." };
        var noPager = new Option<bool>("--no-pager") { Description = "Show it here, however long it is." };
        var command = new Command("diff", "Print what a task has changed: coloured at a terminal, elsewhere byte for byte as a patch that git apply takes.") { id, stat, noPager };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var task = await TaskIds.ResolveAsync(connection.Client, parsed.GetValue(id)!, cancellation);
            var diff = await connection.Client.GetDiffAsync(task, cancellation);
            if (parsed.GetValue(stat))
                DiffStat.Show(context.Out, diff);
            else if (!context.Out.IsTerminal)
                Console.Out.Write(diff);
            else
                await ShowAsync(context, diff, parsed.GetValue(noPager), cancellation);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task ShowAsync(CliContext context, string diff, bool noPager, CancellationToken cancellation)
    {
        if (diff.Length == 0)
        {
            context.Out.Line("No changes.");
            return;
        }
        if (!noPager && await Pager.ShowAsync(context.Settings[SettingCatalog.Pager]!, screen => Write(screen, diff), context.Out.HasColors, cancellation))
            return;
        Write(context.Out, diff);
    }

    private static void Write(Screen screen, string diff)
    {
        DiffView.Show(screen, diff);
        screen.Line(DiffStat.Of(diff).Sentence, Tone.Strong);
    }
}
