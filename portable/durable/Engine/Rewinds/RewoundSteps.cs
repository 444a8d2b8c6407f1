using System.Text.Json;

namespace Navi.Portable.Durable.Engine;

/// <summary>What a rewinding leaves in history: the positions of the failures that replay passes over from then on, and why it was asked for.</summary>
internal static class RewoundSteps
{
    private static readonly IReadOnlySet<int> None = new HashSet<int>();

    public static string Serialize(string? reason, IEnumerable<int> ignored) => JsonSerializer.Serialize(new Stored(reason, [.. ignored.Order()]));

    /// <summary>Positions, counted from 1, that no replay of this history shows to the orchestrator.</summary>
    public static IReadOnlySet<int> Ignored(IReadOnlyList<HistoryEvent> history)
    {
        HashSet<int>? ignored = null;
        foreach (var happened in history)
        {
            if (happened.Kind == EventKind.Rewound) (ignored ??= []).UnionWith(Deserialize(happened.Payload!).Ignored);
        }
        return ignored ?? None;
    }

    public static string? Reason(string payload) => Deserialize(payload).Reason;

    /// <summary>The decisions as the rewinding turn makes them once more: a sub-orchestration that is there already is not begun anew.</summary>
    public static IEnumerable<Decision> Again(IEnumerable<Decision> open, string? reason) =>
        open.Select(decision => decision is SubOrchestrationDecision sub ? new RewoundSubOrchestration(sub, reason) : decision);

    private static Stored Deserialize(string payload) => JsonSerializer.Deserialize<Stored>(payload)!;

    private sealed record Stored(string? Reason, int[] Ignored);
}
