namespace Navi.Drills.Kills.Asking;

/// <summary>One orchestration that the client starts, and what must come of it.</summary>
/// <param name="Orchestrator">Its name.</param>
/// <param name="Id">Instance id.</param>
/// <param name="Input">Its input.</param>
/// <param name="Expected">Its output; null when the ledger's rows are to be looked at.</param>
/// <param name="Keys">Every effect that must have happened.</param>
/// <param name="Event">Payload of the event that it waits for.</param>
internal sealed record Job(string Orchestrator, string Id, object Input, long? Expected, IReadOnlyList<string> Keys, long? Event = null)
{
    /// <summary>Its calls with effects, of a guarded job or its control.</summary>
    public Working.GuardedInput? Calls => Input as Working.GuardedInput;
}
