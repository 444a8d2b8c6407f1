using Navi.Drills.Rules;

namespace Navi.Drills.Faults;

/// <summary>What the drill shows of one alert, worked out of the rules and the faults.</summary>
/// <param name="Alert">Its name.</param>
/// <param name="Runbook">Its runbook's path in the source tree.</param>
/// <param name="RaisedBy">The fault by which it must fire; null when none is made for it.</param>
/// <param name="TriedIn">The fault during which the commands of its runbook are run; null when they are not.</param>
internal sealed record AlertCoverage(string Alert, string Runbook, string? RaisedBy, string? TriedIn)
{
    /// <summary>Every alert of the rules, in their order.</summary>
    public static IReadOnlyList<AlertCoverage> All { get; } = Of(RuleFiles.Alerts, [.. FaultDrillOptions.All.Select(f => f())]);

    /// <summary>For a cell of a table.</summary>
    public string Words => RaisedBy is not null ? $"raised by {RaisedBy}" : TriedIn is not null ? $"runbook only, in {TriedIn}" : "not in the drill";

    /// <summary>How many are raised, and which are not, in two sentences.</summary>
    public static string Summary
    {
        get
        {
            var raised = All.Where(a => a.RaisedBy is not null).ToList();
            return $"Of {All.Count} alerts the drill makes {raised.Count} fire: {Names(raised)}. The others do not fire in it: their rules are tried with made-up figures by promtool, and the commands of their runbooks while another fault is there: {Names(All.Except(raised))}.";
        }
    }

    /// <summary>Works it out.</summary>
    public static IReadOnlyList<AlertCoverage> Of(IReadOnlyList<Rule> alerts, IReadOnlyList<IFault> faults) =>
        [.. alerts.DistinctBy(a => a.Alert).Select(a => new AlertCoverage(
            a.Alert!, a.Annotations["runbook_url"], faults.FirstOrDefault(f => f.Alerts.Concat(f.Lasting).Contains(a.Alert))?.Name,
            faults.FirstOrDefault(f => f.Also.Append(f.Runbook).Contains(Path.GetFileNameWithoutExtension(a.Annotations["runbook_url"])))?.Name))];

    private static string Names(IEnumerable<AlertCoverage> alerts) => string.Join(", ", alerts.Select(a => a.Alert));
}
