namespace Navi.Portable.Durable;

/// <summary>Which instances a worker runs, by their version and its own.</summary>
public enum VersionMatch
{
    /// <summary>All of them, whatever their version.</summary>
    None = 0,

    /// <summary>Those of its own version.</summary>
    Strict = 1,

    /// <summary>Those of its own version, of older ones and of none.</summary>
    CurrentOrOlder = 2,
}
