namespace Navi.Agent.Tools.Refactor;

/// <summary>A stretch of source text. <c>Whole</c>, of a string: the stretch is all that the literal holds.</summary>
internal readonly record struct SourceSegment(int Start, int End, SegmentKind Kind, bool Whole);
