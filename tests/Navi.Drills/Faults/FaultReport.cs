using Navi.Drills.Runbooks;

namespace Navi.Drills.Faults;

/// <summary>What happened in the drill of one fault.</summary>
internal sealed record FaultReport(IFault Fault)
{
    /// <summary>What happened when, since the injection.</summary>
    public List<(TimeSpan At, string What)> Timeline { get; } = [];

    /// <summary>Commands of the runbook.</summary>
    public List<Shown> Runbook { get; } = [];

    /// <summary>Commands of further runbooks.</summary>
    public List<Shown> Also { get; } = [];

    /// <summary>From the injection until the last of the alerts fired; null when one did not.</summary>
    public TimeSpan? Fired { get; set; }

    /// <summary>From the injection until the receivers had heard of all of them.</summary>
    public TimeSpan? Told { get; set; }

    /// <summary>From the injection until the runbook's commands had been run.</summary>
    public TimeSpan? Mended { get; set; }

    /// <summary>From the injection until none of the alerts fired any more and the receivers had heard so.</summary>
    public TimeSpan? Resolved { get; set; }

    /// <summary>What went wrong with the drill itself, in sentences.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Every command, in the order in which it was run.</summary>
    public IEnumerable<Shown> Commands => [.. Also, .. Runbook];
}
