using Navi.Drills.Faults;
using Navi.Drills.GoLive;
using Navi.Drills.Kills;
using Navi.Drills.Kills.Working;
using Navi.Drills.Monitoring;
using Navi.Drills.Restore;
using Navi.Drills.Rollback;
using Navi.Portable.Host;

const string Usage =
    """
    navi drill monitoring
    navi drill faults [--fault NAME] [--write]
    navi drill restore
    navi drill rollback [--skip-before] [--skip-after]
    navi drill golive
    navi drill kills [--quick] [--kills N] [--executions N] [--json]

    monitoring  Tests the alert rules with promtool and the routes with amtool, then runs every query of every dashboard on a Prometheus that watches a NAVI at work.
    faults      Breaks a NAVI at work in real ways, waits for the alerts, and mends it by the commands of the runbooks. --write writes docs/FAULT_DRILL.md.
    restore     Loses the database of a NAVI at work, restores it to an earlier moment from a base backup and the archived log, and looks whether nothing goes on by itself or is done twice.
    rollback    Builds the release before this one, and one after it, and tries out whether they run on each other's schema (docs/ROLLBACK.md).
    golive      Sets up a deployment on this machine, looks at it with navi golive, then plants faults in every item that can fail, several at once, each of which must fail its item with what was planted, and no other.
    kills       Kills, pauses and cuts off workers of the durable runtime and restarts their PostgreSQL, and judges by a ledger outside of them that nothing is lost, wrong or done twice. --quick takes about two minutes.
    """;

using var signals = new ProcessSignals();
try
{
    switch (args)
    {
        case [WorkerArguments.Command, .. var rest]:
            return await WorkerProcess.RunAsync(WorkerArguments.Parse(rest));
        case ["kills", .. var rest]:
            return await KillDrill.RunAsync(KillOptions.Parse(rest), Console.Out, signals.Asked);
        case ["monitoring"]:
            return await MonitoringDrill.RunAsync(Console.Out, signals.Asked);
        case ["faults", .. var rest]:
            return await FaultDrill.RunAsync(FaultDrillOptions.Parse(rest), Console.Out, signals.Asked);
        case ["restore"]:
            return await RestoreDrill.RunAsync(Console.Out, signals.Asked);
        case ["golive"]:
            return await GoLiveDrill.RunAsync(Console.Out, signals.Asked);
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
