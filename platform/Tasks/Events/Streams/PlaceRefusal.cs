namespace Navi.Platform.Tasks.Events.Streams;

/// <summary>Why there is no place for a stream.</summary>
public enum PlaceRefusal
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>The process has as many streams as it may.</summary>
    Process,

    /// <summary>The user has as many streams as one may.</summary>
    User,
}
