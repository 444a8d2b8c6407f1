namespace Navi.Drills.Runbooks;

/// <summary>A part of a document from one heading of second rank to the next.</summary>
internal sealed record DocumentSection(string Title, IReadOnlyList<CommandBlock> Blocks);
