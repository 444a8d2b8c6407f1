namespace Navi.Drills.Runbooks;

/// <summary>Commands of a document, with what they must show.</summary>
/// <param name="Document">The document's path in the source tree.</param>
/// <param name="Section">The heading of second rank that it stands under.</param>
/// <param name="Line">Line of its fence, from 1.</param>
/// <param name="Commands">The shell's text.</param>
/// <param name="Expected">What is printed, as <see cref="Expectation"/> reads it; null when the document says nothing.</param>
internal sealed record CommandBlock(string Document, string Section, int Line, string Commands, string? Expected)
{
    /// <summary>Where it stands, for people.</summary>
    public string Place => $"{Document}:{Line}";
}
