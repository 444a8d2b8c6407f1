namespace Navi.Agent.Models.Replay;

/// <summary>One line of a recording: what a model was asked and what it answered. Neither headers nor keys are part of it.</summary>
/// <param name="Version">1.</param>
/// <param name="Turn">Turn of the task; for a person who reads the file, and in messages.</param>
/// <param name="Messages">The conversation that the model was shown.</param>
/// <param name="Tools">Names of the tools that it was offered, sorted.</param>
/// <param name="Answer">Its answer.</param>
/// <param name="Finish">Why the answer ended.</param>
/// <param name="InputTokens">Tokens read; null when the provider told nothing.</param>
/// <param name="CachedInputTokens">Of these, from the provider's cache.</param>
/// <param name="OutputTokens">Tokens written.</param>
internal sealed record RecordedTurn(
    int Version, int? Turn, IReadOnlyList<RecordedMessage> Messages, IReadOnlyList<string> Tools, RecordedMessage Answer, string Finish, long? InputTokens, long? CachedInputTokens, long? OutputTokens)
{
    /// <summary>The version that this program writes and reads.</summary>
    public const int CurrentVersion = 1;
}
