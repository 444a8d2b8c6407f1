namespace Navi.Cli.GoLive;

/// <summary>What is known of an item.</summary>
internal enum GoLiveState
{
    /// <summary>It was looked at, and is as it must be.</summary>
    Passed,

    /// <summary>It was looked at, and is not.</summary>
    Failed,

    /// <summary>It can't be seen from here: a person must confirm it.</summary>
    Person,

    /// <summary>A person has confirmed it.</summary>
    Confirmed,
}
