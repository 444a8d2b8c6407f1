namespace Navi.Agent.Tools;

/// <summary>How much harm a wrong call can do, as the policy reads it.</summary>
internal enum ToolRisk
{
    /// <summary>Reads, or changes that a step's commit undoes.</summary>
    Low,

    /// <summary>Runs code of the repository or of the model.</summary>
    Medium,

    /// <summary>Reaches beyond the workspace.</summary>
    High,
}
