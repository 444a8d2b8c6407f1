namespace Navi.SimulatedProviders.Scenarios;

/// <summary>Answers for the conversations about one thing.</summary>
public sealed record Script
{
    /// <summary>A text of the conversation's first message of a user, as JSON writes it.</summary>
    public required string Contains { get; init; }

    /// <summary>Answers in order: the n-th answers a conversation with n answers in it.</summary>
    public required IReadOnlyList<Turn> Turns { get; init; }
}
