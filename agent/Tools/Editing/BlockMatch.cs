namespace Navi.Agent.Tools.Editing;

/// <summary>A place where a block of lines stands.</summary>
/// <param name="Start">Its first line, from 0.</param>
/// <param name="Count">How many lines it has.</param>
/// <param name="Tolerance">What had to be overlooked.</param>
/// <param name="Indents">How the file's indentation stands to the block's.</param>
internal sealed record BlockMatch(int Start, int Count, Tolerance Tolerance, Indents Indents)
{
    /// <summary>What was overlooked, for people; empty when nothing was.</summary>
    public string Overlooked => Tolerance switch
    {
        Tolerance.TrailingBlanks => "blanks at the ends of lines",
        Tolerance.Indentation => "indentation; the new text was indented as the file is",
        Tolerance.Blanks => "blanks; the new text was indented as the file is",
        Tolerance.Typography => "typographic signs and blanks",
        _ => "",
    };
}
