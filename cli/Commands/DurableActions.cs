using System.CommandLine;
using System.Globalization;
using Microsoft.DurableTask.Client;
using Navi.Cli.Durable;

namespace Navi.Cli.Commands;

/// <summary>What <c>navi durable</c> does to one instance.</summary>
internal static class DurableActions
{
    private static readonly Dictionary<string, OrchestrationRuntimeStatus> ByName = new[]
    {
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    }.ToDictionary(InstanceView.Say);

    public static Argument<string> Instance() => new("INSTANCE") { Description = "The instance's id, or its beginning (6 characters or more)." };

    public static Option<string[]> Status(string what, params string[] among)
    {
        var status = new Option<string[]>("--status") { Description = what, HelpName = "STATUS" };
        status.AcceptOnlyFromAmong(among.Length > 0 ? among : [.. ByName.Keys]);
        return status;
    }

    /// <summary>Null for none given.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus>? Statuses(string[]? names) => names is { Length: > 0 } ? [.. names.Select(n => ByName[n])] : null;

    /// <summary>A point in time as <see cref="Moments"/> reads it.</summary>
    public static DateTimeOffset? Moment(string? text) => Moments.Read(text) is { } moment ? DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture) : null;

    public static Command Change(CliContext context, string name, string what, Func<DurableTaskClient, string, CancellationToken, Task> change, string done)
    {
        var id = Instance();
        var command = new Command(name, what) { id };
        command.SetAction((parsed, cancellation) => OnAsync(context, parsed.GetValue(id)!, async (client, instance) =>
        {
            await change(client, instance, cancellation);
            context.Out.Line($"{instance} {done}.");
        }, cancellation));
        return command;
    }

    public static Command Terminate(CliContext context)
    {
        var id = Instance();
        var output = new Option<string?>("--output") { Description = "Text that becomes its output, such as why it was ended.", HelpName = "TEXT" };
        var recursive = new Option<bool>("--recursive") { Description = "Its sub-orchestrations, too." };
        var command = new Command("terminate", "End an instance where it stands; what its activities have done stays done.") { id, output, recursive };
        command.SetAction((parsed, cancellation) => OnAsync(context, parsed.GetValue(id)!, async (client, instance) =>
        {
            await client.TerminateInstanceAsync(instance, new TerminateInstanceOptions(parsed.GetValue(output), parsed.GetValue(recursive)), cancellation);
            context.Out.Line($"{instance} is being terminated.");
        }, cancellation));
        return command;
    }

    public static Command Rewind(CliContext context)
    {
        var id = Instance();
        var reason = new Option<string?>("--reason") { Description = "Why; it is kept in the history.", HelpName = "TEXT" };
        var command = new Command("rewind", "Let a failed instance try its failed steps again; what succeeded is not done again.") { id, reason };
        command.SetAction((parsed, cancellation) => OnAsync(context, parsed.GetValue(id)!, async (client, instance) =>
        {
            await client.RewindInstanceAsync(instance, parsed.GetValue(reason) ?? "", cancellation);
            context.Out.Line($"{instance} is being rewound.");
        }, cancellation));
        return command;
    }

    public static Command Restart(CliContext context)
    {
        var id = Instance();
        var fresh = new Option<bool>("--new-id") { Description = "Under a new id: the old instance stays, and need not have ended." };
        var json = CommonOptions.Json();
        var command = new Command("restart", "Start an ended instance again from its beginning, with the input it had.") { id, fresh, json };
        command.SetAction((parsed, cancellation) => OnAsync(context, parsed.GetValue(id)!, async (client, instance) =>
        {
            var started = await client.RestartAsync(instance, parsed.GetValue(fresh), cancellation);
            if (context.IsJson(parsed, json))
                CliContext.WriteJson(new { id = started });
            else
                context.Out.Line(started == instance ? $"{instance} starts again." : $"{instance} starts again as {started}.");
        }, cancellation));
        return command;
    }

    private static Task<int> OnAsync(CliContext context, string id, Func<DurableTaskClient, string, Task> act, CancellationToken cancellation) => DurableAccess.UseAsync(
        context, async access =>
        {
            await act(access.Client, (await InstanceIds.FindAsync(access.Client, id, payloads: false, cancellation)).InstanceId);
            return ExitCodes.Ok;
        }, cancellation);
}
