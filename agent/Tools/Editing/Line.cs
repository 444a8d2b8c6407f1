namespace Navi.Agent.Tools.Editing;

/// <summary>A line and what ends it.</summary>
/// <param name="Text">Without its end.</param>
/// <param name="End"><c>"\n"</c>, <c>"\r\n"</c>, or nothing at the end of a text.</param>
internal readonly record struct Line(string Text, string End);
