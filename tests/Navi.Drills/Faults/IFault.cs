using Navi.Drills.Staging;

namespace Navi.Drills.Faults;

/// <summary>Something that goes wrong with an installation, really, and what tells and mends it.</summary>
internal interface IFault
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What is done to the installation, in a sentence.</summary>
    string Injection { get; }

    /// <summary>Alerts that must fire, and be resolved when the runbook has been followed.</summary>
    IReadOnlyList<string> Alerts { get; }

    /// <summary>Alerts that must fire and be told, and that by their nature outlast the runbook, so nobody waits for their end. They may fire before the injection. Most faults have none.</summary>
    IReadOnlyList<string> Lasting => [];

    /// <summary>The runbook that mends it; all its commands are run.</summary>
    string Runbook { get; }

    /// <summary>Further runbooks whose commands are run while the fault is there; they mend nothing.</summary>
    IReadOnlyList<string> Also { get; }

    /// <summary>Does it.</summary>
    Task InjectAsync(Stage stage, CancellationToken cancellation);

    /// <summary>Brings the stage back to where it was, after everything: what operators changed to live without the faulty part.</summary>
    Task RestoreAsync(Stage stage, CancellationToken cancellation);
}
