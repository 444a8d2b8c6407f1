using System.CommandLine;
using Navi.Cli.Api;
using Navi.Cli.Connect;
using Navi.Cli.Live;

namespace Navi.Cli.Commands;

/// <summary><c>navi approvals</c>: what waits for a decision.</summary>
internal static class ApprovalsCommand
{
    public static Command Make(CliContext context)
    {
        var json = CommonOptions.Json();
        var command = new Command("approvals", "List the checkpoints that wait for a decision.") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var connection = await new Connector(context).ConnectAsync(movesWork: false, cancellation);
            var page = await connection.Client.ListPendingAsync(null, cancellation);
            if (context.IsJson(parsed, json))
            {
                CliContext.WriteJson(page);
                return ExitCodes.Ok;
            }
            var pending = page.GetProperty("items").EnumerateArray().Select(NaviClient.Read<CheckpointView>).ToList();
            if (pending.Count == 0)
                context.Out.Line("Nothing waits for a decision.");
            foreach (var checkpoint in pending)
            {
                CheckpointText.Show(context.Out, checkpoint);
                context.Out.Line($"  task {checkpoint.TaskId}");
                context.Out.Line($"  {CheckpointText.Command(checkpoint)}");
            }
            return ExitCodes.Ok;
        });
        return command;
    }
}
