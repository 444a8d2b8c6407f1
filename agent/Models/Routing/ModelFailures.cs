namespace Navi.Agent.Models.Routing;

/// <summary>What follows from a failure.</summary>
internal static class ModelFailures
{
    /// <summary>The same model may do better in a moment.</summary>
    public static bool IsTransient(this ModelFailureKind kind) => kind is ModelFailureKind.RateLimited or ModelFailureKind.ServerError or ModelFailureKind.Connection
        or ModelFailureKind.FirstTokenTimeout or ModelFailureKind.IdleTimeout or ModelFailureKind.CallTimeout or ModelFailureKind.CutStream or ModelFailureKind.Malformed;

    /// <summary>No other model is asked either: the answer is about the conversation, and asking elsewhere would be a way around it.</summary>
    public static bool IsFinal(this ModelFailureKind kind) => kind is ModelFailureKind.ContentFilter or ModelFailureKind.BoundaryRefused or ModelFailureKind.NoModel;

    /// <summary>The failure's name in records: <c>rate_limited</c>.</summary>
    public static string Code(this ModelFailureKind kind) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
