using System.Diagnostics;
using Navi.Drills.Routing;
using Navi.Drills.Runbooks;
using Navi.Drills.Staging;

namespace Navi.Drills.Faults;

/// <summary>One fault from health to health: injected, told by its alerts, mended by the commands of its runbook, resolved.</summary>
internal sealed class FaultRun(Stage stage, IFault fault, bool withOthers, TextWriter output)
{
    // Far beyond what shortened windows need on a loaded machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan ResolvePatience = TimeSpan.FromSeconds(210);
    private readonly FaultReport report = new(fault);
    private readonly Stopwatch since = new();
    private DateTimeOffset began;

    public async Task<FaultReport> RunAsync(CancellationToken cancellation)
    {
        await output.WriteLineAsync($"\n● {fault.Name}: {fault.Injection}");
        if (!await UntilAsync(async () => !(await stage.Watch.Prometheus.FiringAsync(cancellation)).Intersect([.. fault.Alerts, "NaviDown"]).Any(), Patience, cancellation))
        {
            report.Failures.Add("An alert of this fault, or NaviDown, which holds all others back, fires before the injection.");
            return report;
        }
        var firing = await stage.Watch.Prometheus.FiringAsync(cancellation);
        Note(firing.Count == 0 ? "healthy: no alert fires" : $"before the injection there fires only: {string.Join(", ", firing)}");
        began = TimeProvider.System.GetUtcNow();
        since.Restart();
        await fault.InjectAsync(stage, cancellation);
        Note("injected");
        if (fault.Alerts.Count + fault.Lasting.Count > 0)
            await ExpectFiringAsync(cancellation);
        var runbook = OperatorDocument.Runbook(fault.Runbook);
        var others = withOthers ? fault.Also.Select(OperatorDocument.Runbook).ToList() : [];
        foreach (var document in others)
            await ShowAsync(document.Blocks.Where(b => b.Section != OperatorDocument.Verification), report.Also, cancellation);
        await ShowAsync(runbook.Blocks.Where(b => b.Section != OperatorDocument.Verification), report.Runbook, cancellation);
        report.Mended = since.Elapsed;
        Note($"the commands of {runbook.Path} have been run");
        if (fault.Alerts.Count > 0)
            await ExpectResolvedAsync(cancellation);
        await ShowAsync(runbook.Blocks.Where(b => b.Section == OperatorDocument.Verification), report.Runbook, cancellation);
        foreach (var document in others)
            await ShowAsync(document.Blocks.Where(b => b.Section == OperatorDocument.Verification), report.Also, cancellation);
        await fault.RestoreAsync(stage, cancellation);
        return report;
    }

    private async Task ExpectFiringAsync(CancellationToken cancellation)
    {
        foreach (var alert in (string[])[.. fault.Alerts, .. fault.Lasting])
        {
            if (!await UntilAsync(async () => (await stage.Watch.Prometheus.FiringAsync(cancellation)).Contains(alert), Patience, cancellation))
            {
                report.Failures.Add($"{alert} did not fire within {Patience.TotalSeconds:0} s; firing: {string.Join(", ", await stage.Watch.Prometheus.FiringAsync(cancellation))}.");
                return;
            }
            Note($"{alert} fires");
        }
        report.Fired = since.Elapsed;
        foreach (var alert in (string[])[.. fault.Alerts, .. fault.Lasting])
        {
            if (!await UntilAsync(() => Task.FromResult(Heard(alert, "firing") is not null), Patience, cancellation))
            {
                report.Failures.Add($"Alertmanager told nobody of {alert}.");
                return;
            }
            var notice = Heard(alert, "firing")!;
            Note($"the receiver `{notice.Receiver}` hears of {alert}: {notice.Summary}");
        }
        report.Told = since.Elapsed;
    }

    private async Task ExpectResolvedAsync(CancellationToken cancellation)
    {
        foreach (var alert in fault.Alerts)
        {
            if (!await UntilAsync(async () => !(await stage.Watch.Prometheus.FiringAsync(cancellation)).Contains(alert), ResolvePatience, cancellation))
            {
                report.Failures.Add($"{alert} still fires {ResolvePatience.TotalSeconds:0} s after the runbook.");
                return;
            }
            Note($"{alert} fires no more");
        }
        foreach (var alert in fault.Alerts)
        {
            if (!await UntilAsync(() => Task.FromResult(Heard(alert, "resolved") is not null), Patience, cancellation))
            {
                report.Failures.Add($"Alertmanager told nobody that {alert} is resolved.");
                return;
            }
            Note($"the receiver hears that {alert} is resolved");
        }
        report.Resolved = since.Elapsed;
    }

    private async Task ShowAsync(IEnumerable<CommandBlock> blocks, List<Shown> into, CancellationToken cancellation)
    {
        foreach (var block in blocks)
        {
            var shown = await stage.Shell.RunAsync(block, Patience, cancellation);
            into.Add(shown);
            await output.WriteLineAsync($"  {(shown.Fits ? "✓" : "✗")} {block.Place} ({shown.Took.TotalSeconds:0.0} s)");
            if (shown.Fits)
                continue;
            report.Failures.Add($"{block.Place} does not show what it says.");
            await output.WriteLineAsync(shown.Difference);
        }
    }

    // What lasts may have been told before, and is then not told again for hours.
    private Delivery? Heard(string alert, string status) => stage.Watch.Deliveries.LastOrDefault(n => n.Alert == alert && n.Status == status && (n.At >= began || fault.Lasting.Contains(alert)));

    private void Note(string what)
    {
        report.Timeline.Add((since.Elapsed, what));
        output.WriteLine($"  {since.Elapsed.TotalSeconds,6:0.0} s  {what}");
    }

    private static async Task<bool> UntilAsync(Func<Task<bool>> condition, TimeSpan patience, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > patience)
                return false;
            await Task.Delay(100, cancellation);
        }
        return true;
    }
}
