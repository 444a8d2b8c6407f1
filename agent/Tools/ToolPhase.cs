namespace Navi.Agent.Tools;

/// <summary>The part of a task in which a tool is mostly useful; the loop shows a subset of tools by it.</summary>
internal enum ToolPhase
{
    /// <summary>Looking around.</summary>
    Explore,

    /// <summary>Changing files.</summary>
    Edit,

    /// <summary>Building and testing.</summary>
    Verify,

    /// <summary>Talking to people and ending the task.</summary>
    Conclude,
}
