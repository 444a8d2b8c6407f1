using System.CommandLine;
using System.Globalization;
using Microsoft.DurableTask.Client;
using Navi.Cli.Durable;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi durable purge</c>: removes ended instances with everything that is kept of them.</summary>
internal static class DurablePurge
{
    public static Command Make(CliContext context)
    {
        var id = new Argument<string?>("INSTANCE") { Description = "The instance's id, or its beginning (6 characters or more).", Arity = ArgumentArity.ZeroOrOne };
        var status = DurableActions.Status("Instead of one instance all of this status; may be repeated.", "completed", "failed", "terminated");
        var before = Moments.Option("--before", "Instead of one instance all that were created before then: 30d, or a date such as 2026-01-31.");
        var recursive = new Option<bool>("--recursive") { Description = "Their sub-orchestrations that have ended, too." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var json = CommonOptions.Json();
        var command = new Command("purge", "Remove ended instances with their history. This can't be taken back.") { id, status, before, recursive, yes, json };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(id) is { Tokens.Count: > 0 }) == (result.GetResult(status) is { Tokens.Count: > 0 } || result.GetResult(before) is { Tokens.Count: > 0 }))
                result.AddError("Give either INSTANCE, or --status, --before or both.");
        });
        command.SetAction((parsed, cancellation) => DurableAccess.UseAsync(
            context, async access =>
            {
                var options = new PurgeInstanceOptions(parsed.GetValue(recursive));
                var asJson = context.IsJson(parsed, json);
                var ask = !parsed.GetValue(yes);
                return parsed.GetValue(id) is { } one
                    ? await OneAsync(context, access.Client, one, options, ask, asJson, cancellation)
                    : await ManyAsync(context, access.Client, new PurgeInstancesFilter(null, DurableActions.Moment(parsed.GetValue(before)), DurableActions.Statuses(parsed.GetValue(status))), options, ask, asJson, cancellation);
            }, cancellation));
        return command;
    }

    private static async Task<int> OneAsync(CliContext context, DurableTaskClient client, string id, PurgeInstanceOptions options, bool ask, bool json, CancellationToken cancellation)
    {
        var instance = await InstanceIds.FindAsync(client, id, payloads: false, cancellation);
        if (!instance.IsCompleted)
            throw new CliException(ExitCodes.Ended, $"{instance.InstanceId} is {InstanceView.Say(instance.RuntimeStatus)}: only an instance that has ended is purged. To end it: {Invocation.Name} durable terminate {instance.InstanceId}");
        if (ask && !await AgreedAsync(context, $"{instance.InstanceId} ({instance.Name}, {InstanceView.Say(instance.RuntimeStatus)}) and its history", cancellation))
            return ExitCodes.Usage;
        var purged = await client.PurgeInstanceAsync(instance.InstanceId, options, cancellation);
        if (purged.PurgedInstanceCount == 0)
            throw new CliException(ExitCodes.Ended, $"{instance.InstanceId} was not purged: it was started again or purged by somebody else just now.");
        return Say(context, purged.PurgedInstanceCount, json);
    }

    private static async Task<int> ManyAsync(CliContext context, DurableTaskClient client, PurgeInstancesFilter filter, PurgeInstanceOptions options, bool ask, bool json, CancellationToken cancellation)
    {
        if (ask)
        {
            var count = 0;
            var ended = filter.Statuses ?? [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];
            await foreach (var _ in client.GetAllInstancesAsync(new OrchestrationQuery(CreatedTo: filter.CreatedTo, Statuses: ended, PageSize: 1000)).WithCancellation(cancellation))
                count++;
            if (count > 0 && !await AgreedAsync(context, string.Create(CultureInfo.InvariantCulture, $"{count} instances and their histories"), cancellation))
                return ExitCodes.Usage;
        }
        return Say(context, (await client.PurgeAllInstancesAsync(filter, options, cancellation)).PurgedInstanceCount, json);
    }

    private static async Task<bool> AgreedAsync(CliContext context, string what, CancellationToken cancellation)
    {
        context.Error.Line($"This removes {what}. It can't be taken back. Type yes to go on:", Tone.Warning);
        var line = await context.Lines.ReadAsync(Task.Delay(Timeout.InfiniteTimeSpan, cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (string.Equals(line?.Trim(), "yes", StringComparison.OrdinalIgnoreCase))
            return true;
        context.Error.Line("Nothing was purged. Type yes, or say --yes where nobody can be asked.", Tone.Warning);
        return false;
    }

    private static int Say(CliContext context, int purged, bool json)
    {
        if (json)
            CliContext.WriteJson(new { purged });
        else
            context.Out.Line(string.Create(CultureInfo.InvariantCulture, $"{purged} purged."), Tone.Good);
        return ExitCodes.Ok;
    }
}
