using Navi.Drills.Staging;

namespace Navi.Drills.Faults;

/// <summary>NAVI's process is killed in the middle of a command that must not run twice. Beyond the five: its runbooks' commands need it.</summary>
internal sealed class ProcessGone : IFault
{
    public string Name => "process-gone";

    public string Injection => "NAVI runs a command outside the sandbox for a task, and its process is ended by `kill -9`.";

    public IReadOnlyList<string> Alerts => ["NaviDown"];

    public string Runbook => "down";

    public IReadOnlyList<string> Also => [];

    public Task InjectAsync(Stage stage, CancellationToken cancellation) => InterruptedEffect.MakeAsync(stage, cancellation);

    public Task RestoreAsync(Stage stage, CancellationToken cancellation) => InterruptedEffect.LeaveAsync(stage, cancellation);
}
