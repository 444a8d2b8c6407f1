using System.CommandLine;
using System.Globalization;
using Microsoft.DurableTask.Client;
using Navi.Cli.Durable;
using Navi.Cli.Output;

namespace Navi.Cli.Commands;

/// <summary><c>navi durable</c>: the instances of the portable durable runtime, below NAVI's tasks.</summary>
internal static class DurableCommand
{
    private const int LongestPage = 500;

    public static Command Make(CliContext context) => new("durable", "The orchestrations of the portable durable runtime, straight from its database (for operators).")
    {
        List(context),
        Show(context),
        DurableActions.Change(context, "suspend", "Hold an instance: it does nothing until it is resumed.", (client, id, t) => client.SuspendInstanceAsync(id, null, t), "is being suspended"),
        DurableActions.Change(context, "resume", "Let a suspended instance go on.", (client, id, t) => client.ResumeInstanceAsync(id, null, t), "is being resumed"),
        DurableActions.Terminate(context),
        DurableActions.Rewind(context),
        DurableActions.Restart(context),
        DurablePurge.Make(context),
    };

    private static Command List(CliContext context)
    {
        var status = DurableActions.Status("Only instances of this status; may be repeated.");
        var prefix = new Option<string?>("--prefix") { Description = "Only instances whose id begins so.", HelpName = "TEXT" };
        var since = Moments.Option("--since", "Only instances created since then: 7d, 12h, or a date such as 2026-01-31.");
        var limit = new Option<int>("--limit") { Description = "At most so many.", DefaultValueFactory = _ => 50 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
                result.AddError("--limit must be from 1 to 10000.");
        });
        var json = CommonOptions.Json();
        var command = new Command("list", "List instances by their id.") { status, prefix, since, limit, json };
        command.SetAction((parsed, cancellation) =>
        {
            var query = new OrchestrationQuery(
                CreatedFrom: DurableActions.Moment(parsed.GetValue(since)), Statuses: DurableActions.Statuses(parsed.GetValue(status)), InstanceIdPrefix: parsed.GetValue(prefix),
                PageSize: Math.Min(parsed.GetValue(limit) + 1, LongestPage));
            return DurableAccess.UseAsync(context, access => ListAsync(context, access, query, parsed.GetValue(limit), context.IsJson(parsed, json), cancellation), cancellation);
        });
        return command;
    }

    private static async Task<int> ListAsync(CliContext context, DurableAccess access, OrchestrationQuery query, int limit, bool json, CancellationToken cancellation)
    {
        var found = new List<OrchestrationMetadata>();
        await foreach (var instance in access.Client.GetAllInstancesAsync(query).WithCancellation(cancellation))
        {
            found.Add(instance);
            if (found.Count > limit)
                break;
        }
        var shown = found.Take(limit).ToList();
        if (json)
        {
            CliContext.WriteJson(new { items = shown.Select(i => InstanceView.Of(i)), more = found.Count > limit });
            return ExitCodes.Ok;
        }
        if (shown.Count == 0)
        {
            context.Out.Line("No instance is like that.");
            return ExitCodes.Ok;
        }
        context.Out.Table(["ID", "NAME", "STATUS", "CREATED", "LAST CHANGE"], shown.Select(i => (IReadOnlyList<string>)
            [i.InstanceId, i.Name, InstanceView.Say(i.RuntimeStatus), InstancePage.Moment(i.CreatedAt), InstancePage.Moment(i.LastUpdatedAt)]));
        if (found.Count > limit)
            context.Error.Line(string.Create(CultureInfo.InvariantCulture, $"There are more than {limit}: choose by --status, --prefix or --since, or give a larger --limit."), Tone.Warning);
        return ExitCodes.Ok;
    }

    private static Command Show(CliContext context)
    {
        var id = DurableActions.Instance();
        var width = new Option<int>("--width") { Description = "Characters of each payload that are shown.", DefaultValueFactory = _ => 80 };
        width.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 10 or > 100_000)
                result.AddError("--width must be from 10 to 100000.");
        });
        var json = CommonOptions.Json("Print everything whole, as one JSON document.");
        var command = new Command("show", "Show an instance and its history as a timeline.") { id, width, json };
        command.SetAction((parsed, cancellation) => DurableAccess.UseAsync(
            context, async access =>
            {
                var instance = await InstanceIds.FindAsync(access.Client, parsed.GetValue(id)!, payloads: true, cancellation);
                var history = await access.History.ReadAsync(instance.InstanceId, cancellation);
                if (context.IsJson(parsed, json))
                    CliContext.WriteJson(InstanceView.Of(instance, history));
                else
                    InstancePage.Write(context.Out, instance, history, parsed.GetValue(width));
                return ExitCodes.Ok;
            }, cancellation));
        return command;
    }
}
