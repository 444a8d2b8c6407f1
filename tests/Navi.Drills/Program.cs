using Navi.Drills.Faults;
using Navi.Drills.Monitoring;
using Navi.Drills.Rollback;
using Navi.Portable.Host;

const string Usage =
    """
    navi drill monitoring
    navi drill faults [--fault NAME] [--write]
    navi drill rollback [--skip-before] [--skip-after]

    monitoring  Tests the alert rules with promtool and the routes with amtool, then runs every query of every dashboard on a Prometheus that watches a NAVI at work.
    faults      Breaks a NAVI at work in real ways, waits for the alerts, and mends it by the commands of the runbooks. --write writes docs/FAULT_DRILL.md.
    rollback    Builds the release before this one, and one after it, and tries out whether they run on each other's schema (docs/ROLLBACK.md).
    """;

using var signals = new ProcessSignals();
try
{
    switch (args)
    {
        case ["monitoring"]:
            return await MonitoringDrill.RunAsync(Console.Out, signals.Asked);
        case ["faults", .. var rest]:
            return await FaultDrill.RunAsync(FaultDrillOptions.Parse(rest), Console.Out, signals.Asked);
        case ["rollback", .. var rest]:
            return await RollbackDrill.RunAsync(RollbackOptions.Parse(rest), Console.Out, signals.Asked);
        default:
            throw new ArgumentException(args.Length == 0 ? "Which drill?" : $"There is no drill '{string.Join(' ', args)}'.");
    }
}
catch (ArgumentException e) when (e.GetType() == typeof(ArgumentException))
{
    await Console.Error.WriteLineAsync($"{e.Message}\n\n{Usage}");
    return 2;
}
catch (OperationCanceledException) when (signals.Asked.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Interrupted.");
    return 130;
}
