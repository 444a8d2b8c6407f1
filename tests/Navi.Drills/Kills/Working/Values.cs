namespace Navi.Drills.Kills.Working;

/// <summary>What a step makes of a value. It depends on value and step, so a step that is left out, repeated or put elsewhere in a chain gives another result.</summary>
internal static class Values
{
    private const long Modulus = 1_000_000_007;

    public static long After(long value, string key) => ((value * 31) + key.Aggregate(7L, (sum, c) => ((sum * 131) + c) % Modulus)) % Modulus;

    /// <summary>What a call through the effect ledger answers.</summary>
    public static string Answer(string callId) => $"done {callId}";
}
