namespace Navi.Agent.Tools.Editing;

/// <summary>What two lines may differ in and still be taken for the same, each including those before it.</summary>
internal enum Tolerance
{
    /// <summary>Nothing but the line's end.</summary>
    None,

    /// <summary>Blanks at the end of a line.</summary>
    TrailingBlanks,

    /// <summary>Indentation, as long as lines that were indented alike still are.</summary>
    Indentation,

    /// <summary>How many blanks stand between two words.</summary>
    Blanks,

    /// <summary>Typographic quotes, dashes and special blanks for plain ones.</summary>
    Typography,
}
