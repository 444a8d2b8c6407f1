namespace Navi.Agent.Tools.Refactor;

/// <summary>What a stretch of source text is.</summary>
internal enum SegmentKind
{
    Code,
    Comment,

    /// <summary>The content of a literal, without its quotes and without interpolated code.</summary>
    String,
}
