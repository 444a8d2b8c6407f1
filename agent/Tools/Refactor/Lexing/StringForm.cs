namespace Navi.Agent.Tools.Refactor;

/// <summary>How a literal ends, and what in it is code.</summary>
/// <param name="Close">The closing quote.</param>
/// <param name="Backslash">A backslash escapes the next character.</param>
/// <param name="Doubled">The closing quote written twice stands for itself.</param>
/// <param name="Multiline">It may span lines; otherwise it ends with the line.</param>
/// <param name="Holes">Openings and closings of interpolated code. A doubled one-character opening stands for itself.</param>
/// <param name="DollarNames">A dollar before a name interpolates it.</param>
/// <param name="BraceNames">Braces around nothing but a name, and a format after a colon, interpolate it.</param>
internal sealed record StringForm(
    string Close,
    bool Backslash = true,
    bool Doubled = false,
    bool Multiline = false,
    IReadOnlyList<(string Open, char Close)>? Holes = null,
    bool DollarNames = false,
    bool BraceNames = false);
