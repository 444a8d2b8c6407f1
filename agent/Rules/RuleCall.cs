namespace Navi.Agent.Rules;

/// <summary>One call of the conversation so far.</summary>
/// <param name="Tool">Its tool.</param>
/// <param name="HasResult">It has been answered.</param>
/// <param name="Content">The answer's text.</param>
/// <param name="Data">The answer's structured form, JSON; the text when there is none.</param>
/// <param name="IsError">The answer is an error.</param>
internal sealed record RuleCall(string Tool, bool HasResult, string Content, string Data, bool IsError);
