namespace Navi.Benchmarks.Durable;

/// <summary>The names of what can be measured.</summary>
internal static class DurableParts
{
    public const string Floors = "floors";
    public const string Chain = "w1";
    public const string Gate = "w2";
    public const string Fan = "w3";
    public const string Replay = "replay";
    public const string Takeover = "takeover";
    public const string Parked = "parked";
    public const string Workers = "workers";
    public const string Mixed = "mixed";

    /// <summary>All of a run that names none; the mixed load takes half an hour and is asked for by name.</summary>
    public static IReadOnlyList<string> Usual { get; } = [Floors, Chain, Gate, Fan, Replay, Takeover, Parked, Workers];

    public static IReadOnlyList<string> All { get; } = [.. Usual, Mixed];

    /// <summary>The shapes that the peers run, too.</summary>
    public static IReadOnlyList<string> Shapes { get; } = [Chain, Gate, Fan];
}
