namespace Navi.Agent.Models.Replay;

/// <summary>A part of a recorded message: text, a call or a call's result, whichever members are there.</summary>
/// <param name="Text">Text, or the text of the result.</param>
/// <param name="CallId">Id of the call.</param>
/// <param name="Tool">Name of the tool that is called.</param>
/// <param name="Arguments">The call's arguments, JSON text.</param>
internal sealed record RecordedContent(string? Text, string? CallId = null, string? Tool = null, string? Arguments = null);
