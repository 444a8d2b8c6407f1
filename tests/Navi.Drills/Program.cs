using Navi.Drills.Monitoring;
using Navi.Portable.Host;

const string Usage =
    """
    navi drill monitoring

    monitoring  Tests the alert rules with promtool and the routes with amtool, then runs every query of every dashboard on a Prometheus that watches a NAVI at work.
    """;

using var signals = new ProcessSignals();
try
{
    switch (args)
    {
        case ["monitoring"]:
            return await MonitoringDrill.RunAsync(Console.Out, signals.Asked);
        default:
            await Console.Error.WriteLineAsync($"{(args.Length == 0 ? "Which drill?" : $"There is no drill '{string.Join(' ', args)}'.")}\n\n{Usage}");
            return 2;
    }
}
catch (OperationCanceledException) when (signals.Asked.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Interrupted.");
    return 130;
}
