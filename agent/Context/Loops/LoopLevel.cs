namespace Navi.Agent.Context.Loops;

/// <summary>How far a repetition has gone.</summary>
internal enum LoopLevel
{
    /// <summary>Nothing repeats.</summary>
    None,

    /// <summary>Twice: the model is warned.</summary>
    Warn,

    /// <summary>Three times: the model must take another way.</summary>
    Force,

    /// <summary>Five times: the task ends.</summary>
    Stop,
}
