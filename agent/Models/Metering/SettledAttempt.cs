namespace Navi.Agent.Models.Metering;

/// <summary>An attempt that has ended, for a caller who wants to know at once.</summary>
/// <param name="LatencyMs">Time from the request to the end.</param>
/// <param name="FirstTokenMs">Time until the first token; null without one.</param>
/// <param name="Spending">Tokens and money; null when the provider told none.</param>
internal sealed record SettledAttempt(long LatencyMs, long? FirstTokenMs, Spending? Spending)
{
    /// <summary>Member of the options under which a caller leaves a list for these.</summary>
    public const string LogKey = "navi.settled";
}
