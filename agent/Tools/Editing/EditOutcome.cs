namespace Navi.Agent.Tools.Editing;

/// <summary>What an edit came to.</summary>
/// <param name="Text">The whole new text; null when nothing can be changed.</param>
/// <param name="Message">What was done, or what is wrong and what would be right.</param>
internal sealed record EditOutcome(string? Text, string Message)
{
    public static EditOutcome Error(string message) => new(null, message);
}
