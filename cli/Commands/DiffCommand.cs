using System.CommandLine;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi diff</c>: what a task changed.</summary>
internal static class DiffCommand
{
    public static Command Make(CliContext context)
    {
        var id = CommonOptions.TaskId();
        var command = new Command("diff", "Print what a task has changed, as a patch that git apply takes.") { id };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var diff = await connection.Client.GetDiffAsync(parsed.GetValue(id)!, cancellation);
            if (context.Out.IsTerminal)
                DiffView.Show(context.Out, diff.Length == 0 ? "No changes." : diff);
            else
                Console.Out.Write(diff);
            return ExitCodes.Ok;
        });
        return command;
    }
}
