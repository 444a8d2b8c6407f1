using System.CommandLine;
using System.Text.Json;
using Navi.Cli.Api;
using Navi.Cli.Completion;
using Navi.Cli.Connect;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi approve</c> and <c>navi reject</c>.</summary>
internal static class DecideCommands
{
    public static Command MakeApprove(CliContext context)
    {
        var (id, wait, json) = Common(context);
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the decision." };
        var answer = new Option<string?>("--answer") { Description = "The answer, when the checkpoint is a question." };
        var command = new Command("approve", "Approve what a checkpoint shows, or answer its question.") { id, reason, answer, wait, json };
        command.SetAction((parsed, cancellation) => DecideAsync(
            context, parsed.GetValue(id)!, c => Approval(c, parsed.GetValue(reason), parsed.GetValue(answer)), parsed.GetValue(wait), context.IsJson(parsed, json), cancellation));
        return command;
    }

    public static Command MakeReject(CliContext context)
    {
        var (id, wait, json) = Common(context);
        var reason = new Argument<string?>("REASON") { Description = "Why; the agent is told.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("reject", "Reject what a checkpoint shows.") { id, reason, wait, json };
        command.SetAction((parsed, cancellation) => DecideAsync(
            context, parsed.GetValue(id)!, c => new NewDecision("reject", parsed.GetValue(reason), null, c.ActionDigest), parsed.GetValue(wait), context.IsJson(parsed, json), cancellation));
        return command;
    }

    private static (Argument<string> Id, Option<bool> Wait, Option<bool> Json) Common(CliContext context) => (
        CheckpointId(context),
        new Option<bool>("--wait") { Description = "Follow the task until it ends or waits again. Without a running NAVI that is always so." },
        CommonOptions.Json());

    private static Argument<string> CheckpointId(CliContext context)
    {
        var id = new Argument<string>("CHECKPOINT") { Description = "The id of the checkpoint or of a task that waits at one, or the beginning of it (6 characters or more)." };
        id.CompletionSources.Add(_ => Candidates.Checkpoints(context));
        return id;
    }

    private static NewDecision Approval(CheckpointView checkpoint, string? reason, string? answer) => (checkpoint.IsQuestion, answer) switch
    {
        (true, null) => throw CliException.Usage($"This checkpoint is a question: {checkpoint.Title}{Environment.NewLine}Answer it: {Invocation.Name} approve {checkpoint.Id} --answer \"…\""),
        (true, _) => new NewDecision("respond", reason, answer, checkpoint.ActionDigest),
        (false, not null) => throw CliException.Usage("This checkpoint is not a question: --answer does not fit. Give a remark with --reason."),
        _ => new NewDecision("approve", reason, null, checkpoint.ActionDigest),
    };

    private static async Task<int> DecideAsync(
        CliContext context, string id, Func<CheckpointView, NewDecision> decide, bool wait, bool json, CancellationToken cancellation)
    {
        await using var connection = await new Connector(context).ConnectAsync(movesWork: true, cancellation);
        var checkpoint = await FindAsync(connection.Client, id, cancellation);
        var answer = await connection.Client.DecideAsync(checkpoint.Id, decide(checkpoint), cancellation);
        var follow = wait || connection.IsInProcess;
        if (!json)
            context.Out.Line($"{Said(answer)}: {checkpoint.Title}", Tone.Good);
        else if (!follow)
            CliContext.WriteJson(answer);
        return follow
            ? await Following.RunAsync(context, connection, checkpoint.TaskId, new Following.Options(json, Ask: false), cancellation)
            : ExitCodes.Ok;
    }

    private static async Task<CheckpointView> FindAsync(NaviClient client, string id, CancellationToken cancellation)
    {
        if (Guid.TryParse(id, out _))
        {
            try
            {
                return await client.GetCheckpointAsync(id, cancellation);
            }
            catch (ApiException e) when (e.Status == System.Net.HttpStatusCode.NotFound)
            {
                // Then it may be a task's id.
            }
        }
        else if (!TaskIds.IsPrefix(id))
        {
            throw CliException.Usage($"'{id}' is no id, nor the beginning of one ({TaskIds.Shortest} characters or more). See: navi approvals");
        }
        var pending = (await client.ListPendingAsync(Guid.TryParse(id, out _) ? id : null, cancellation)).GetProperty("items").EnumerateArray().Select(NaviClient.Read<CheckpointView>)
            .Where(c => c.Id.StartsWith(id, StringComparison.OrdinalIgnoreCase) || c.TaskId.StartsWith(id, StringComparison.OrdinalIgnoreCase)).ToList();
        return pending switch
        {
            [var one] => await client.GetCheckpointAsync(one.Id, cancellation),
            [] => throw CliException.Usage($"There is no checkpoint '{id}', and no task of this id waits at one. See: navi approvals"),
            _ => throw CliException.Usage($"'{id}' means {pending.Count} checkpoints; name one:{Environment.NewLine}{string.Join(Environment.NewLine, pending.Select(c => $"  {c.Id}  {c.Title}"))}"),
        };
    }

    private static string Said(JsonElement answer) => NaviClient.Read<DecisionView>(answer) is { Decision: var decision } view
        ? $"{(decision switch { "approve" => "Approved", "reject" => "Rejected", _ => "Answered" })}{(view.SelfApproved == true ? " (own request)" : "")}"
        : "Decided";
}
