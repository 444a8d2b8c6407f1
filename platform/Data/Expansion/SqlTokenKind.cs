namespace Navi.Platform.Data.Expansion;

/// <summary>What a piece of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>A keyword or a name, in small letters.</summary>
    Word,

    /// <summary>A text in single quotes or between dollar quotes, without them.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>One character of anything else.</summary>
    Symbol,
}
