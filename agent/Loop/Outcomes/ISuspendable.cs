namespace Navi.Agent.Loop.Outcomes;

/// <summary>The outcome of a step that does not begin while its task is suspended.</summary>
public interface ISuspendable
{
    /// <summary>Nothing was begun: the step is repeated when the task goes on.</summary>
    bool Suspended { get; }
}
